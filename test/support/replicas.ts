import { assert } from "@effect/vitest"
import { type Config, ConfigProvider, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { writeTables } from "../../src/data/writeTables.ts"
import { OrgId } from "../../src/domain/Ids.ts"
import { metricsById } from "../../src/metrics/all.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { Admission } from "../../src/services/admission/Admission.ts"
import { sender } from "../../src/services/database/statements.ts"
import { Replicas } from "../../src/services/replica/Replicas.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import { noTables } from "../../src/testing/rows.ts"
import { ask, runner } from "./ask.ts"
import { admin } from "./counted.ts"
import { eventually } from "./eventually.ts"
import { office } from "./office.ts"

const holding = (rows: number) =>
  ConfigProvider.layer(
    ConfigProvider.fromEnv({ env: { REPLICA_ROWS: String(rows), WIDGET_TIMEOUT: "1 hour" } })
  )

/** The runner has its own replicas, like a second process of the service. */
export const process = (rows = 10_000, limiter: Layer.Layer<Admission, Config.ConfigError> = Admission.layer) =>
  Layer.fresh(
    runner.pipe(
      Layer.provide(Organizations.layerSql),
      Layer.provideMerge(MetricSource.layerReplica),
      Layer.provideMerge(Replicas.layer),
      Layer.provide(limiter),
      Layer.provide(holding(rows))
    )
  )

/** Opens the organization's replica as a run does. Returns its column store. */
export const lookedAt = (organizationId = "org") =>
  Effect.gen(function*() {
    const replicas = yield* Replicas
    const opened = yield* replicas.open(OrgId.make(organizationId), yield* sender)
    return (yield* opened)?.store
  })

export const untilRead = eventually(lookedAt(), (store) => store !== undefined)

const chartOf = (metricId: string) => metricsById.get(metricId)?.charts[0] ?? "stat"

export const counts = (metricId: string, assigneeIds: ReadonlyArray<string> = ["ana", "bo"]) =>
  Effect.map(
    ask({
      caller: admin,
      request: {
        assigneeIds,
        widgets: [{ instanceId: "w", metricId, chart: chartOf(metricId), timeframe: { preset: "all_time" } }]
      }
    }),
    ([series]): ReadonlyArray<unknown> => {
      assert.isUndefined(series?.error)
      return series?.points.map(({ category, value }) => [category, value]) ?? []
    }
  )

export const written = (tables: Partial<Tables>) => writeTables({ ...noTables, ...tables }, { isUpdating: true })

const emptied = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  for (const table of ["leads", "deals", "tasks", "calls", "emails", "members"]) {
    yield* sql`DELETE FROM crm.${sql(table)}`
  }
})

/** Replaces all rows with those of `office`. */
export const begin = Effect.andThen(emptied, writeTables(office, { isUpdating: true }))

export const overSql = runner.pipe(Layer.provide([MetricSource.layerSql, Organizations.layerSql]))
