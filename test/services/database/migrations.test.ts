import { assert, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Layer, type Redacted } from "effect"
import { SqlClient } from "effect/sql"
import changes from "../../../migrations/0007_changes.ts"
import capture from "../../../migrations/0009_capture.ts"
import * as Database from "../../../src/services/database/Database.ts"
import { migrated } from "../../../src/services/database/migrations.ts"
import { inDatabase, insertedLead, run } from "../../support/captured.ts"
import { eventually } from "../../support/eventually.ts"
import { begun, say } from "../../support/locks.ts"
import { emptyDatabase, settingsOf } from "../../support/Postgres.ts"

const counted = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* sql`SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'crm'`
  return row?.["tables"]
})

it.live("three concurrent starts apply every migration once", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    const client = () => Layer.fresh(Database.clientOf(settingsOf(url)))
    const outcomes = yield* Effect.forEach([1, 2, 3], () => Effect.provide(migrated, client()), {
      concurrency: "unbounded"
    })
    assert.deepStrictEqual(outcomes.map((applied) => applied.length > 0).sort(), [false, false, true])
    assert.strictEqual(yield* Effect.provide(counted, client()), 10)
  }))

it.live("a second start applies no migration", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    const [first, second] = yield* Effect.provide(Effect.all([migrated, migrated]), Database.clientOf(settingsOf(url)))
    assert.strictEqual(first[0], "0001_crm_contract")
    assert.deepStrictEqual(second, [])
  }))

const functionIn = (schema: string) =>
  `CREATE OR REPLACE FUNCTION ${schema}.log_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO ${schema}.changes (organization_id, relation, weight, image)
    VALUES (NEW.organization_id, TG_TABLE_NAME, 1, '[]');
    RETURN NULL;
  END $$`

const triggerIn = (schema: string) =>
  `CREATE TRIGGER log_change AFTER INSERT ON crm.leads FOR EACH ROW EXECUTE FUNCTION ${schema}.log_change()`

/** Removes what migration 9 and all later migrations created. */
const undone = run([
  "DROP SCHEMA crm_capture CASCADE",
  "DROP FUNCTION crm.log_change()",
  "DROP TABLE crm_report_secrets, crm_report_stage_weights, crm_report_targets, crm_report_versions",
  "DROP TABLE crm_report_subscriptions, crm_report_recipients, crm_report_deliveries, crm_report_audit",
  "DROP TABLE crm_report_alert_looks",
  "DROP INDEX crm.deals_lead",
  "ALTER TABLE crm_reports DROP COLUMN freeze_schedule, DROP COLUMN freeze_at, DROP COLUMN freeze_retry_at",
  "ALTER TABLE crm_reports DROP COLUMN people",
  "ALTER TABLE crm_report_snapshots DROP COLUMN shared, DROP COLUMN names"
])

/** Restores the change log as migration 7 created it. */
const captureInCrm = Effect.gen(function*() {
  yield* undone
  yield* changes
  yield* run([
    functionIn("crm"),
    triggerIn("crm"),
    "DELETE FROM crm_report_migrations WHERE migration_id >= 9"
  ])
})

/** Restores the change log as migration 9 created it. */
const captureInOneTable = Effect.gen(function*() {
  yield* undone
  yield* capture
  yield* run([
    functionIn("crm_capture"),
    triggerIn("crm_capture"),
    "DELETE FROM crm_report_migrations WHERE migration_id >= 11"
  ])
})

const formerCaptures = [
  ["out of the schema crm", "0009_capture", "crm", captureInCrm],
  ["into one table for each CRM table", "0011_change_tables", "crm_capture", captureInOneTable]
] as const

/** Returns true once the migration waits: for the locks, or for its next attempt to get them. */
const isMoving = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const found = yield* sql`
    SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE 'DO %LOCK TABLE crm.leads%'
      AND wait_event_type IN ('Lock', 'Timeout')`
  return found.length === 1
})

/** Writes a row. A writer that waits behind the migration fails at its lock timeout instead of hanging. */
const written = (url: Redacted.Redacted) =>
  Effect.map(Effect.exit(say(url, `SET lock_timeout = '600s'; ${insertedLead}`)), Exit.isSuccess)

it.live.each(formerCaptures)(
  "no write fails while a migration moves the change log %s",
  ([, first, schema, formerCapture]) =>
    inDatabase((url) =>
      Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        yield* formerCapture
        const commit = yield* begun(url, insertedLead)
        const migration = yield* Effect.forkChild(migrated)
        yield* eventually(isMoving, (isTrue) => isTrue || migration.pollUnsafe() !== undefined)
        const isWritten = yield* written(url)
        const ended = migration.pollUnsafe()
        // If an assertion failed before the commit, the end of the test would wait for the migration forever.
        yield* commit
        assert.isTrue(isWritten)
        assert.isUndefined(ended)
        assert.strictEqual((yield* Fiber.join(migration))[0], first)
        assert.isTrue(yield* written(url))
        const [leads] = yield* sql`SELECT count(*)::int AS leads FROM crm.leads`
        assert.deepStrictEqual(leads, { leads: 3 })
        assert.isTrue(Exit.isFailure(yield* Effect.exit(sql.unsafe(functionIn(schema)))))
      })
    )
)
