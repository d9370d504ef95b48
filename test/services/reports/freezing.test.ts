import { assert, layer } from "@effect/vitest"
import { ConfigProvider, Deferred, Effect, Fiber, Layer } from "effect"
import { identity } from "effect/Function"
import { SqlClient } from "effect/sql"
import type { Caller } from "../../../src/domain/Caller.ts"
import type { MetricSeries } from "../../../src/domain/Series.ts"
import { BuilderOptions } from "../../../src/services/access/BuilderOptions.ts"
import { Catalog } from "../../../src/services/access/Catalog.ts"
import { Gating } from "../../../src/services/access/Gating.ts"
import { Organizations } from "../../../src/services/access/Organizations.ts"
import { Admission } from "../../../src/services/admission/Admission.ts"
import { Goals } from "../../../src/services/goals/Goals.ts"
import { Freezing } from "../../../src/services/reports/Freezing.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { noTables } from "../../../src/testing/rows.ts"
import { frozenBy, people } from "../../conformance/people.ts"
import { eventually } from "../../support/eventually.ts"
import { postgresTest } from "../../support/Postgres.ts"

/** A busy machine must not refuse a run that waits for a place. Connections are limited as in the service. */
const patientAdmission = Layer.effect(
  Admission,
  Effect.map(Admission, (all): Admission["Service"] => ({ ...all, withPlace: () => identity }))
).pipe(Layer.provide(Admission.layer))

const freezingWith = (env: Record<string, string>) =>
  Freezing.layer.pipe(
    Layer.provideMerge(MetricRunner.layer),
    Layer.provide([Goals.layerMemory, Catalog.layer, Gating.layer, patientAdmission]),
    Layer.provide([MetricSource.layerSql, Organizations.layerSql, BuilderOptions.layerMemory(noTables)]),
    Layer.provideMerge(Layer.mergeAll(ReportRepo.layerSql, SnapshotRepo.layerSql)),
    Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env })))
  )

const app = freezingWith({ WIDGET_TIMEOUT: "1 hour", FREEZE_TIMEOUT: "1 hour" }).pipe(Layer.provideMerge(postgresTest))

const placed = { x: 0, y: 0, w: 1, h: 1 }
const widgets = [
  ["leads.by_source", "bar"],
  ["leads.total", "stat"],
  ["leads.by_status", "bar"],
  ["leads.created_over_time", "area"],
  ["tasks.created_over_time", "area"]
].map(([metricId = "", chart = ""]) => ({ instanceId: metricId, metricId, chart, ...placed }))

const saved = Effect.fnUntraced(function*(owner: Caller) {
  return yield* (yield* ReportRepo).create(owner, { title: "Saved", layout: { widgets } })
})

const isNumber = (value: unknown) => typeof value === "number"

const sumOf = ({ points, stat }: MetricSeries): number =>
  stat?.value ?? points.map((point) => Object.values(point).find(isNumber) ?? 0).reduce((sum, value) => sum + value, 0)

const sumsOf = (series: ReadonlyArray<MetricSeries>) => [...new Set(series.map(sumOf))]

/** Repeats a transaction that inserts one lead and one task. */
const writing = Effect.fnUntraced(function*({ organizationId, userId }: Caller) {
  const sql = yield* SqlClient.SqlClient
  const write = sql.withTransaction(Effect.gen(function*() {
    const id = crypto.randomUUID()
    yield* sql`
      INSERT INTO crm.leads (organization_id, lead_id, owner_id, source, status, created_at)
      VALUES (${organizationId}, ${id}, ${userId}, ${id.slice(0, 1)}, 'lead', now() - interval '1 day')`
    yield* sql`
      INSERT INTO crm.tasks (organization_id, task_id, owner_id, created_at)
      VALUES (${organizationId}, ${id}, ${userId}, now() - interval '1 day')`
  }))
  return yield* Effect.forever(write)
})

/** Locks crm.leads while the effect runs. */
const withLeadsLocked = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const locked = yield* Deferred.make<void>()
    const holding = sql.withTransaction(
      Effect.andThen(sql`LOCK TABLE crm.leads IN ACCESS EXCLUSIVE MODE`, Deferred.succeed(locked, undefined)).pipe(
        Effect.andThen(Effect.never)
      )
    )
    const fiber = yield* Effect.forkChild(holding)
    yield* Deferred.await(locked)
    return yield* Effect.ensuring(effect, Fiber.interrupt(fiber))
  })

const countOf = Effect.fnUntraced(function*(caller: Caller, id: Parameters<SnapshotRepo["Service"]["list"]>[1]) {
  return (yield* (yield* SnapshotRepo).list(caller, id, { limit: 1, offset: 0 })).total
})

layer(app, { excludeTestServices: true })("freezing in PostgreSQL", (it) => {
  it.effect("all widgets of a snapshot count the same rows while other transactions insert rows", () =>
    Effect.gen(function*() {
      const { owner } = people()
      const { id } = yield* saved(owner)
      const runner = yield* MetricRunner
      const freezing = yield* Freezing
      const writers = yield* Effect.forkChild(Effect.forEach([1, 2, 3], () => writing(owner), { concurrency: 3 }))
      const run = Effect.map(runner.run(owner, { widgets }), sumsOf)
      yield* eventually(run, (sums) => sums.length > 1)
      const frozen = yield* Effect.forEach(
        Array.from({ length: 60 }),
        () => Effect.map(freezing.freeze(owner, id, {}), ({ series }) => sumsOf(series)),
        { concurrency: 3 }
      )
      yield* Fiber.interrupt(writers)
      assert.deepStrictEqual(frozen.filter(({ length }) => length !== 1), [])
      const counts = frozen.flat()
      assert.isAbove(Math.max(...counts), Math.min(...counts))
    }))

  it.effect("a freeze with a widget that times out fails with TimedOut and stores no snapshot", () =>
    Effect.gen(function*() {
      const { owner } = people()
      const { id } = yield* saved(owner)
      const freezing = yield* Freezing
      const attempts = Freezing.use(({ freeze }) =>
        Effect.all(Array.from({ length: 6 }, () => Effect.flip(freeze(owner, id, {}))), { concurrency: "unbounded" })
      ).pipe(Effect.provide(Layer.fresh(freezingWith({ WIDGET_TIMEOUT: "500 millis" }))))
      const errors = yield* withLeadsLocked(attempts)
      assert.deepStrictEqual(errors.map(({ _tag }) => _tag), Array.from({ length: 6 }, () => "TimedOut"))
      assert.strictEqual(yield* countOf(owner, id), 0)
      yield* Effect.all(Array.from({ length: 20 }, () => freezing.freeze(owner, id, {})), { concurrency: "unbounded" })
      assert.strictEqual(yield* countOf(owner, id), 20)
    }))

  it.effect("a freeze that loses its connection fails with Unavailable and stores no snapshot", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const { owner } = people()
      const { id } = yield* saved(owner)
      const freezing = yield* Freezing
      const killed = Effect.gen(function*() {
        const freeze = yield* Effect.forkChild(Effect.flip(freezing.freeze(owner, id, {})))
        const terminated = sql`
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`
        yield* eventually(terminated, ({ length }) => length > 0)
        return yield* Fiber.join(freeze)
      })
      assert.strictEqual((yield* withLeadsLocked(killed))._tag, "Unavailable")
      assert.strictEqual(yield* countOf(owner, id), 0)
      yield* freezing.freeze(owner, id, {})
    }))

  it.effect("thirty freezes and thirty runs at the same time all succeed on a pool of ten connections", () =>
    Effect.gen(function*() {
      const { owner } = people()
      const { id } = yield* saved(owner)
      const runner = yield* MetricRunner
      const freezing = yield* Freezing
      const both = Array.from({ length: 30 }, () => [
        Effect.asVoid(runner.run(owner, { widgets })),
        Effect.asVoid(freezing.freeze(owner, id, {}))
      ]).flat()
      yield* Effect.all(both, { concurrency: "unbounded" })
      assert.strictEqual(yield* countOf(owner, id), 30)
    }))

  it.effect("a freeze reports invalid_timeframe for each widget when the stored default timeframe is invalid", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const { owner } = people()
      const { id } = yield* saved(owner)
      const freezing = yield* Freezing
      for (const stored of ["null", `{ "preset": "last_7d", "bucket": 7 }`]) {
        yield* sql`UPDATE crm_reports SET default_timeframe = ${stored}::json WHERE id = ${id}`
        const { series, timeframe } = yield* freezing.freeze(owner, id, {})
        assert.deepStrictEqual(series.map(({ error }) => error?.code), widgets.map(() => "invalid_timeframe" as const))
        assert.deepStrictEqual(timeframe, JSON.parse(stored))
      }
    }))

  it.effect("a freeze fails with ReportNotFound when the report is deleted before the snapshot is stored", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const reports = yield* ReportRepo
      const snapshots = yield* SnapshotRepo
      const { owner } = people()
      const { id } = yield* saved(owner)
      const removed = yield* Deferred.make<void>()
      const removing = sql.withTransaction(Effect.gen(function*() {
        yield* reports.remove(owner, id, undefined)
        yield* Deferred.succeed(removed, undefined)
        // Without pg_stat_clear_snapshot, PostgreSQL would repeat its first result of pg_stat_activity.
        const waiting = Effect.andThen(
          sql`SELECT pg_stat_clear_snapshot()`,
          sql`SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
        )
        yield* eventually(waiting, ({ length }) => length > 0)
      }))
      const kept = Effect.andThen(Deferred.await(removed), Effect.flip(snapshots.create(owner, id, frozenBy(owner))))
      const [, error] = yield* Effect.all([removing, kept], { concurrency: 2 })
      assert.strictEqual(error._tag, "ReportNotFound")
    }))
})
