import { assert, layer } from "@effect/vitest"
import { Deferred, Effect } from "effect"
import { SqlClient } from "effect/sql"
import { OrgId } from "../../../src/domain/Ids.ts"
import { all } from "../../../src/metrics/all.ts"
import { sender, snapshotTransaction } from "../../../src/services/database/statements.ts"
import { Replicas } from "../../../src/services/replica/Replicas.ts"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { MetricSource } from "../../../src/services/run/MetricSource.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { lead } from "../../../src/testing/rows.ts"
import { planFor } from "../../proof/statements.ts"
import { insertedLead, run } from "../../support/captured.ts"
import { admin } from "../../support/counted.ts"
import { onlyInSql } from "../../support/interpreters.ts"
import { namingSpans } from "../../support/namingSpans.ts"
import { asOf } from "../../support/office.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { begin, lookedAt, overSql, process, untilRead, written } from "../../support/replicas.ts"

const organizationId = OrgId.make("org")

const asked = planFor({
  id: "leads.total",
  groupBy: undefined,
  timeframe: { preset: "all_time" },
  userIds: ["ana", "bo"],
  filters: {}
})

const plan = { ...asked, scope: { ...asked.scope, organization: { ...asked.scope.organization, organizationId } } }

const isTimeseries = (id: string) =>
  Object.entries(all).some(([key, { shape }]) => key === id && shape === "timeseries")

const widgets = Object.keys(all).filter((id) => !onlyInSql.has(id)).slice(0, 24).map((metricId) => ({
  instanceId: metricId,
  metricId,
  chart: isTimeseries(metricId) ? "line" : "stat",
  timeframe: { preset: "all_time" }
}))

const freeze = Effect.flatMap(MetricRunner, ({ freeze }) => freeze(admin, { everyone: true, widgets: [...widgets] }))

const counted = (work: Effect.Effect<unknown>) =>
  Effect.flatMap(
    MetricSource,
    (source) =>
      source.snapshot(organizationId, (reader) =>
        Effect.map(Effect.andThen(work, reader.rows(plan)), (rows) => rows.map(({ numerator }) => numerator)))
  )

layer(postgresTest, { excludeTestServices: true })("a freeze over a replica", (it) => {
  it.effect("a freeze over a replica has the same series as SQL, and asks SQL for no rows", () =>
    Effect.gen(function*() {
      yield* begin
      yield* untilRead
      yield* run([insertedLead])
      const { series } = yield* freeze
      assert.deepStrictEqual(series, (yield* Effect.provide(freeze, overSql)).series)
      const spans: Array<string> = []
      yield* namingSpans(spans)(freeze)
      assert.isAbove(spans.filter((name) => name.startsWith("count ")).length, 10)
      assert.deepStrictEqual(spans.filter((name) => name.startsWith("sql ")), [])
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("a freeze counts the rows of its own moment, even after another run has refreshed the replica", () =>
    Effect.gen(function*() {
      yield* begin
      const store = yield* untilRead
      const [before = 0n] = yield* counted(Effect.void)
      const [begun, done] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      yield* Effect.forkChild(Effect.gen(function*() {
        yield* Deferred.await(begun)
        yield* written({ leads: [lead("later", "2024-05-01", { ownerId: "ana" })] })
        assert.strictEqual(yield* lookedAt(), store)
        yield* Deferred.succeed(done, undefined)
      }))
      const meanwhile = Effect.andThen(Deferred.succeed(begun, undefined), Deferred.await(done))
      assert.deepStrictEqual(yield* counted(meanwhile), [before])
      assert.deepStrictEqual(yield* counted(Effect.void), [before + 1n])
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("a freeze does not use a replica that is newer than the freeze", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      yield* untilRead
      const replicas = yield* Replicas
      const send = yield* sender
      const [begun, done] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      yield* Effect.forkChild(Effect.gen(function*() {
        yield* Deferred.await(begun)
        yield* run([insertedLead])
        yield* lookedAt()
        yield* Deferred.succeed(done, undefined)
      }))
      const found = yield* snapshotTransaction(sql)(Effect.gen(function*() {
        yield* sql`SELECT count(*) FROM crm.leads`
        yield* Deferred.succeed(begun, undefined)
        yield* Deferred.await(done)
        return yield* Effect.flatten(replicas.openIn(organizationId, send))
      }))
      assert.isUndefined(found)
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("a freeze that cannot read the change log has the same numbers as a freeze over a replica", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      yield* untilRead
      const before = yield* Effect.exit(counted(Effect.void))
      yield* sql`ALTER TABLE crm_capture.changes RENAME TO moved`
      assert.deepStrictEqual(yield* Effect.exit(counted(Effect.void)), before)
      yield* sql`ALTER TABLE crm_capture.moved RENAME TO changes`
    }).pipe(Effect.provide(process()), fixedClock(asOf)))
})
