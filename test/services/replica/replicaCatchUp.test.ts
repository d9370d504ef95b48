import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { OrgId } from "../../../src/domain/Ids.ts"
import { sender } from "../../../src/services/database/statements.ts"
import { maxChanges } from "../../../src/services/replica/changesSince.ts"
import { Replicas } from "../../../src/services/replica/Replicas.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { churnedLeads } from "../../support/churnedLeads.ts"
import { asOf } from "../../support/office.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { begin, counts, lookedAt, overSql, process, untilRead } from "../../support/replicas.ts"

layer(postgresTest, { excludeTestServices: true })("a replica that has missed many changes", (it) => {
  it.effect("SQL answers a run after too many changes, and the same replica answers later runs", () =>
    Effect.gen(function*() {
      yield* begin
      const store = yield* untilRead
      yield* churnedLeads(3 * maxChanges, "many")
      assert.isUndefined(yield* lookedAt())
      const overRows = Effect.provide(counts("leads.by_status"), overSql)
      assert.deepStrictEqual(yield* counts("leads.by_status"), yield* overRows)
      assert.strictEqual(yield* untilRead, store)
      assert.deepStrictEqual(yield* counts("leads.by_status"), yield* overRows)
    }).pipe(Effect.provide(process(100_000)), fixedClock(asOf)))

  it.effect("SQL answers a run after too many changes of a table that no other table is joined to", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      const store = yield* untilRead
      yield* sql`
        INSERT INTO crm.tasks (organization_id, task_id, owner_id, created_at)
        SELECT 'org', concat('many', i), 'ana', '2024-05-01' FROM generate_series(1, ${maxChanges + 1}::int) i`
      assert.isUndefined(yield* lookedAt())
      assert.strictEqual(yield* untilRead, store)
      const counted = counts("tasks.by_status")
      assert.deepStrictEqual(yield* counted, yield* Effect.provide(counted, overSql))
    }).pipe(Effect.provide(process(100_000)), fixedClock(asOf)))

  it.effect("SQL answers a run after leads with too many spells changed, and the same replica answers later runs", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      yield* churnedLeads(200, "staying")
      yield* sql`
        INSERT INTO crm.lead_status_spells (organization_id, lead_id, status, started_at)
        SELECT 'org', l.lead_id, 'client', timestamptz '2024-05-01' + make_interval(mins => i)
        FROM crm.leads l, generate_series(1, 10) i WHERE l.organization_id = 'org' AND l.lead_id LIKE 'staying%'`
      const store = yield* untilRead
      yield* sql`UPDATE crm.leads SET source = 'web' WHERE organization_id = 'org' AND lead_id LIKE 'staying%'`
      assert.strictEqual(yield* lookedAt(), store)
      yield* sql`UPDATE crm.leads SET owner_id = 'bo' WHERE organization_id = 'org' AND lead_id LIKE 'staying%'`
      assert.isUndefined(yield* lookedAt())
      assert.strictEqual(yield* untilRead, store)
      for (const people of [["ana", "bo"], ["bo"]]) {
        const counted = counts("leads.avg_time_in_status", people)
        assert.deepStrictEqual(yield* counted, yield* Effect.provide(counted, overSql))
      }
    }).pipe(Effect.provide(process(100_000)), fixedClock(asOf)))

  it.effect("SQL answers a run that began before another run found too many changes for the same replica", () =>
    Effect.gen(function*() {
      yield* begin
      yield* untilRead
      const opened = yield* Effect.flatMap(
        Replicas,
        (replicas) => Effect.flatMap(sender, (send) => replicas.open(OrgId.make("org"), send))
      )
      assert.isDefined(yield* opened)
      yield* churnedLeads(maxChanges, "more")
      assert.isUndefined(yield* lookedAt())
      assert.isUndefined(yield* opened)
      assert.isDefined(yield* untilRead)
      assert.isDefined(yield* opened)
    }).pipe(Effect.provide(process(100_000)), fixedClock(asOf)))
})
