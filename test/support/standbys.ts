import { ConfigProvider, Context, Effect, Layer, type Redacted } from "effect"
import type { RunRequest } from "../../src/domain/Run.ts"
import type { Statement } from "../../src/query/sql/Statement.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { Admission } from "../../src/services/admission/Admission.ts"
import * as Database from "../../src/services/database/Database.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import type { Reason } from "../../src/services/standby/Standby.ts"
import { Standbys } from "../../src/services/standby/Standbys.ts"
import { ask, recordsLayer, runner } from "./ask.ts"
import { admin } from "./counted.ts"
import type { Settings } from "./embeddedServer.ts"
import { eventually, pause } from "./eventually.ts"
import { logInto } from "./logInto.ts"
import { settingsOf } from "./settingsOf.ts"
import { primaryWithStandby } from "./standbyServer.ts"

/** Runs a migrated primary. `start` runs its streaming standby, which is at the address `standby`. */
export const migratedPair = Effect.fnUntraced(function*(settings: Settings = {}) {
  const { primary, standby, standbyUrl } = yield* primaryWithStandby(settings)
  yield* Effect.scoped(Layer.build(Database.layerOf(settingsOf(primary.url))))
  return { primary: primary.url, start: standby, standby: standbyUrl }
})

/**
 * Runs a migrated primary and its standby. Without a commit, the primary writes its write-ahead log only every 10
 * seconds.
 */
export class Pair extends Context.Service<Pair, {
  readonly primary: Redacted.Redacted
  readonly standby: Redacted.Redacted
}>()("crm-reports/test/Pair") {
  static readonly layer = Layer.effect(
    Pair,
    Effect.tap(migratedPair({ wal_writer_delay: "10s" }), ({ start }) => start)
  )
}

/** Contains the statements that the standby answered, why it did not answer others, and the log. */
export interface Seen {
  readonly answered: Array<Statement>
  readonly refused: Array<Reason>
  readonly logged: Array<string>
}

export const nothingSeen = (): Seen => ({ answered: [], refused: [], logged: [] })

const observed = (urls: ReadonlyArray<Redacted.Redacted>, { answered, refused }: Seen) =>
  Layer.effect(
    Standbys,
    Effect.map(Standbys, ({ pick }) => ({
      pick: () => {
        const standby = pick()
        return standby && {
          ...standby,
          ask: (target, statement) =>
            standby.ask(target, statement).pipe(
              Effect.tap(() => Effect.sync(() => void answered.push(statement))),
              Effect.tapError(({ reason }) => Effect.sync(() => void refused.push(reason)))
            )
        }
      }
    }))
  ).pipe(Layer.provide(Standbys.layerOf(urls)))

/** By default, runs wait up to an hour for a standby that is late. */
export const overStandbys = (
  primary: Redacted.Redacted,
  standbys: ReadonlyArray<Redacted.Redacted>,
  seen: Seen,
  env: Record<string, string> = {}
) =>
  Layer.fresh(
    Layer.mergeAll(runner, recordsLayer).pipe(
      Layer.provideMerge(MetricSource.layerStandby),
      Layer.provideMerge(observed(standbys, seen)),
      Layer.provide([Organizations.layerSql, Admission.layer]),
      Layer.provideMerge(Database.clientOf(settingsOf(primary))),
      Layer.provideMerge(logInto(seen.logged)),
      Layer.provide(
        ConfigProvider.layer(ConfigProvider.fromEnv({ env: { DATABASE_REPLICA_WAIT: "1 hour", ...env } }))
      )
    )
  )

/** Waits until runs use a standby. */
export const untilUsable = Effect.flatMap(
  Standbys,
  ({ pick }) => eventually(Effect.sync(pick), (standby) => standby !== undefined)
)

/**
 * Repeats a run until a standby answers all of its statements. A server may drop connections, or cancel statements, so a
 * single run may be answered by the primary.
 */
export const onStandby = <A, E, R>(run: Effect.Effect<A, E, R>, { refused }: Seen) =>
  Effect.gen(function*() {
    for (;;) {
      yield* untilUsable
      const before = refused.length
      const found = yield* run
      if (refused.length === before) return found
      yield* pause
    }
  })

export const widgetsOf = (...metricIds: ReadonlyArray<string>): RunRequest["widgets"] =>
  metricIds.map((metricId) => ({ instanceId: metricId, metricId, chart: "stat", timeframe: { preset: "all_time" } }))

/** Counts the leads of everybody in the organization. */
export const leads = Effect.map(
  ask({ caller: admin, request: { everyone: true, widgets: widgetsOf("leads.total") } }),
  ([series]) => series?.shape === "stat" ? series.stat?.value : series?.error
)

export const insertedLead = `INSERT INTO crm.leads (organization_id, lead_id, owner_id, status, created_at)
  VALUES ('org', gen_random_uuid()::text, 'ana', 'lead', '2024-05-01')`
