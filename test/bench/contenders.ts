import * as NodeServices from "@effect/platform-node/NodeServices"
import { ConfigProvider, Effect, Layer, Redacted } from "effect"
import { resolve } from "node:path"
import { OrgId, UserId } from "../../src/domain/Ids.ts"
import { DevelopmentSignIn } from "../../src/http/authentication/DevelopmentSignIn.ts"
import { withoutRateLimits } from "../support/RunningService.ts"
import type { Contender } from "./Contender.ts"
import { serving } from "./Process.ts"
import { organizationId, others, report } from "./widgets.ts"

const requests = new Map([...report, ...others].map(({ name, request }) => [name, { instanceId: name, ...request }]))

interface Terms {
  readonly url: Redacted.Redacted
  readonly folder: string
  readonly adminId: string
  /** The service may keep this number of rows in memory. */
  readonly replicaRows: number
}

/** Starts the whole service as in production, except for the sign-in. */
const ours = Effect.fnUntraced(function*({ adminId, folder, replicaRows, url }: Terms) {
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
  const token = yield* tokenFor({
    organizationId: OrgId.make(organizationId),
    userId: UserId.make(adminId),
    role: "admin"
  })
  return {
    name: "ours",
    ...(yield* serving("src/main.ts", { ...env, ...more, DATABASE_URL: Redacted.value(url) })),
    path: "/crm-reports/metrics/run",
    headers: { authorization: `Bearer ${token}` },
    bodyOf: (assigneeIds, widgets) =>
      JSON.stringify({ assigneeIds, widgets: widgets.map((widget) => requests.get(widget)) })
  } satisfies Contender
})

const plainSql = Effect.fnUntraced(function*(url: Redacted.Redacted) {
  return {
    name: "plain SQL",
    ...(yield* serving("test/bench/rival/server.ts", { DATABASE_URL: Redacted.value(url) })),
    path: "/",
    headers: {},
    bodyOf: (people, widgets) => JSON.stringify({ people, widgets })
  } satisfies Contender
})

export interface Contenders {
  readonly ours: Contender
  readonly rival: Contender
}

export const contenders = ({ rivalUrl, ...terms }: Terms & { readonly rivalUrl: Redacted.Redacted }) =>
  Effect.all({ ours: ours(terms), rival: plainSql(rivalUrl) })
