import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { enableCapture } from "../../../src/services/replica/changeLog.ts"
import { load, readCaptured, readServerState, unlimited } from "../../../src/services/replica/load.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { deal, lead } from "../../../src/testing/rows.ts"
import { aMinuteLater } from "../../support/aMinuteLater.ts"
import { outcomeOf } from "../../support/captured.ts"
import { asOf } from "../../support/office.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { begin, counts, lookedAt, overSql, process, untilRead, written } from "../../support/replicas.ts"

layer(postgresTest, { excludeTestServices: true })("replicas", (it) => {
  it.effect("a replica is discarded and loaded again after TRUNCATE of a table", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      const store = yield* untilRead
      yield* sql`TRUNCATE crm.calls`
      assert.isUndefined(yield* lookedAt())
      assert.notStrictEqual(yield* aMinuteLater(untilRead), store)
      assert.deepStrictEqual(yield* counts("calls.by_direction"), [["inbound", 0], ["outbound", 0]])
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("a replica is discarded and loaded again after its triggers were disabled", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      yield* untilRead
      yield* sql`ALTER TABLE crm.leads DISABLE TRIGGER ALL`
      yield* written({ leads: [lead("unheard", "2024-05-01", { status: "unheard" })] })
      yield* sql`ALTER TABLE crm.leads ENABLE TRIGGER ALL`
      assert.isUndefined(yield* lookedAt())
      yield* aMinuteLater(untilRead)
      assert.deepInclude(yield* counts("leads.by_status"), ["unheard", 1])
      yield* written({ leads: [lead("heard", "2024-05-01", { status: "heard" })] })
      assert.deepInclude(yield* counts("leads.by_status"), ["heard", 1])
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("a replica includes writes of sessions with session_replication_role = replica", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      yield* untilRead
      yield* sql.withTransaction(Effect.gen(function*() {
        yield* sql`SET LOCAL session_replication_role = replica`
        yield* written({ leads: [lead("replicated", "2024-05-01", { status: "replicated" })] })
      }))
      assert.deepInclude(yield* counts("leads.by_status"), ["replicated", 1])
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("a replica ignores rows of the change log that a restored dump contains", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      yield* Effect.provide(untilRead, process())
      yield* sql`
        INSERT INTO crm_capture.leads_changes (organization_id, xid, weight, owner_id, status, created_at)
        SELECT organization_id, (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 5000)::text::xid8, 1, owner_id,
          status, created_at
        FROM crm_capture.leads_changes
      `
      yield* untilRead
      const before = yield* counts("leads.by_status")
      yield* sql`DO $$ BEGIN FOR i IN 1..6000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$`
      assert.deepStrictEqual(yield* counts("leads.by_status"), before)
      assert.deepStrictEqual(yield* Effect.provide(counts("leads.by_status"), overSql), before)
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("SQL sums amounts that are too large for exact floats, while the replica still counts rows", () =>
    Effect.gen(function*() {
      yield* begin
      yield* untilRead
      yield* written({ deals: [deal("huge", "2024-05-01", { price: 9_999_999_999_999_999n, status: "open" })] })
      assert.isDefined(yield* lookedAt())
      for (const metricId of ["deals.pipeline_by_stage", "deals.by_stage"]) {
        assert.deepStrictEqual(yield* counts(metricId), yield* Effect.provide(counts(metricId), overSql))
      }
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("a replica is not loaded while a trigger is disabled", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      yield* sql.withTransaction(Effect.gen(function*() {
        yield* load("org", unlimited)
        yield* sql`ALTER TABLE crm.leads DISABLE TRIGGER ALL`
        const { captureEpoch } = yield* readServerState
        assert.strictEqual(
          yield* outcomeOf(readCaptured("org", unlimited, captureEpoch)),
          "NoReplica: triggers are off"
        )
      }))
      yield* enableCapture
    }))

  it.effect("a replica is discarded after TRUNCATE of the change log", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      yield* untilRead
      yield* sql`TRUNCATE crm_capture.calls_changes`
      assert.isUndefined(yield* lookedAt())
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("a replica is discarded when a row of the change log cannot be decoded", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      yield* untilRead
      yield* sql`INSERT INTO crm_capture.deals_changes (organization_id, weight, price) VALUES ('org', 1, 'NaN')`
      assert.isUndefined(yield* lookedAt())
      assert.isNotEmpty(yield* counts("leads.by_status"))
    }).pipe(Effect.provide(process()), fixedClock(asOf)))

  it.effect("a replica ignores rows of the change log of unknown tables", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* begin
      const store = yield* untilRead
      yield* sql`CREATE UNLOGGED TABLE crm_capture.visits_changes () INHERITS (crm_capture.changes)`
      yield* sql`INSERT INTO crm_capture.visits_changes (organization_id, weight) VALUES ('org', 1)`
      assert.strictEqual(yield* lookedAt(), store)
    }).pipe(Effect.provide(process()), fixedClock(asOf)))
})
