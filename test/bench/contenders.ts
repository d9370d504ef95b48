import * as NodeServices from "@effect/platform-node/NodeServices"
import { ConfigProvider, Effect, Layer, Redacted, Schema } from "effect"
import { resolve } from "node:path"
import { OrgId, UserId } from "../../src/domain/Ids.ts"
import { RunResponse } from "../../src/domain/Run.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { DevelopmentSignIn } from "../../src/http/authentication/DevelopmentSignIn.ts"
import { withoutRateLimits } from "../support/RunningService.ts"
import { cellsOf, seriesCells } from "./cells.ts"
import type { Contender } from "./Contender.ts"
import { serving } from "./Process.ts"
import { replicaLoads } from "./replicaLoads.ts"
import { organizationId, requests } from "./widgets.ts"

const decodeRun = Schema.decodeUnknownEffect(Schema.fromJsonString(RunResponse))

/** Returns the cells of each widget. Fails if a widget has an error. */
export const cellsInSeries = (all: ReadonlyArray<MetricSeries>) =>
  Effect.forEach(
    all,
    (series) => series.error === undefined ? Effect.succeed(seriesCells(series)) : Effect.die(series.error.message)
  )

const RivalRow = Schema.Struct({
  bucket: Schema.optionalKey(Schema.String),
  key: Schema.optionalKey(Schema.String),
  value: Schema.NullOr(Schema.Finite),
  previous: Schema.optionalKey(Schema.NullOr(Schema.Finite))
})
const RivalResponse = Schema.Struct({ results: Schema.Array(Schema.Array(RivalRow)) })
const decodeRival = Schema.decodeUnknownEffect(Schema.fromJsonString(RivalResponse))

const rivalCells = (rows: ReadonlyArray<typeof RivalRow.Type>) =>
  cellsOf(rows.flatMap(({ bucket, key, previous, value }) => [
    [bucket === undefined ? key ?? "value" : `${bucket} ${key ?? "value"}`, value],
    ["previous", previous]
  ]))

interface Terms {
  readonly url: Redacted.Redacted
  readonly folder: string
  /** The service may keep this number of rows in memory. */
  readonly replicaRows: number
}

/** Starts the whole service as in production, except for sign-in, rate limits, and deadlines. */
export const service = Effect.fnUntraced(function*({ folder, replicaRows, url }: Terms) {
  const env = { DATA_FOLDER: resolve(folder), DEVELOPMENT_SIGN_IN: "true", HOST: "127.0.0.1", DATABASE_POOL: "4" }
  const more = {
    ...withoutRateLimits,
    REPLICA_ROWS: String(replicaRows),
    // Plain SQL has no deadline, so the service gets a long one.
    WIDGET_TIMEOUT: "60 seconds"
  }
  const { tokenFor } = yield* Effect.service(DevelopmentSignIn).pipe(
    Effect.provide(
      DevelopmentSignIn.layer.pipe(
        Layer.provide([NodeServices.layer, ConfigProvider.layer(ConfigProvider.fromUnknown(env))])
      )
    )
  )
  const { child, ...started } = yield* serving("src/main.ts", {
    ...env,
    ...more,
    DATABASE_URL: Redacted.value(url)
  }, { stdout: "pipe" })
  const loads = replicaLoads(child)
  const asAdmin = Effect.fnUntraced(function*(organization: string, userId: string) {
    const token = yield* tokenFor({
      organizationId: OrgId.make(organization),
      userId: UserId.make(userId),
      role: "admin"
    })
    return {
      name: "the service",
      ...started,
      path: "/crm-reports/metrics/run",
      headers: { authorization: `Bearer ${token}` },
      bodyOf: (assigneeIds, widgets) =>
        JSON.stringify({ assigneeIds, widgets: widgets.map((widget) => requests.get(widget)) }),
      cellsIn: (answer) => Effect.flatMap(decodeRun(answer), ({ results }) => cellsInSeries(results))
    } satisfies Contender
  })
  const hasReplica = () => loads(organizationId) > 0
  return { asAdmin, hasReplica }
})

export const plainSql = Effect.fnUntraced(function*(url: Redacted.Redacted) {
  return {
    name: "plain SQL",
    ...(yield* serving("test/bench/rival/server.ts", { DATABASE_URL: Redacted.value(url) })),
    path: "/",
    headers: {},
    bodyOf: (people, widgets) => JSON.stringify({ people, widgets }),
    cellsIn: (answer) => Effect.map(decodeRival(answer), ({ results }) => results.map(rivalCells))
  } satisfies Contender
})
