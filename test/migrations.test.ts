import { assert, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Layer } from "effect"
import { SqlClient } from "effect/sql"
import changes from "../migrations/0007_changes.ts"
import * as Database from "../src/services/database/Database.ts"
import { migrated } from "../src/services/database/migrations.ts"
import { begun, say } from "./support/locks.ts"
import { emptyDatabase, freshDatabase, settingsOf } from "./support/Postgres.ts"

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
    assert.deepStrictEqual(first[0], [1, "crm_contract"])
    assert.deepStrictEqual(second, [])
  }))

it.live("a start on a database of a newer version fails", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    const failure = yield* Effect.gen(function*() {
      yield* migrated
      const sql = yield* SqlClient.SqlClient
      yield* sql`INSERT INTO crm_report_migrations (migration_id, name) VALUES (9999, 'of_tomorrow')`
      return yield* Effect.flip(migrated)
    }).pipe(Effect.provide(Database.clientOf(settingsOf(url))))
    assert.include(failure.message, "newer than this version")
  }))

const insertedLead = (id: string) =>
  `INSERT INTO crm.leads (organization_id, lead_id, status, created_at) VALUES ('org', '${id}', 'lead', now())`

const formerFunction = `CREATE OR REPLACE FUNCTION crm.log_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO crm.changes (organization_id, relation, weight, image)
    VALUES (NEW.organization_id, TG_TABLE_NAME, 1, to_jsonb(NEW));
    RETURN NULL;
  END $$`

/** Restores the change log as migration 7 created it. */
const formerCapture = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`DROP SCHEMA crm_capture CASCADE`
  yield* sql`DROP FUNCTION crm.log_change()`
  yield* changes
  yield* sql.unsafe(formerFunction)
  yield* sql`CREATE TRIGGER log_change AFTER INSERT ON crm.leads FOR EACH ROW EXECUTE FUNCTION crm.log_change()`
  yield* sql`DELETE FROM crm_report_migrations WHERE migration_id = 9`
})

it.live("no write fails while a migration moves the change log out of the schema crm", () =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    yield* Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* formerCapture
      const commit = yield* begun(url, insertedLead("under way"))
      const migration = yield* Effect.forkChild(migrated)
      yield* say(url, insertedLead("beside the migration"))
      assert.isUndefined(migration.pollUnsafe())
      yield* commit
      assert.deepStrictEqual((yield* Fiber.join(migration))[0], [9, "capture"])
      yield* say(url, insertedLead("after the migration"))
      const [leads] = yield* sql`SELECT count(*)::int AS leads FROM crm.leads`
      assert.deepStrictEqual(leads, { leads: 3 })
      assert.isTrue(Exit.isFailure(yield* Effect.exit(sql.unsafe(formerFunction))))
    }).pipe(Effect.provide(Database.clientOf(settingsOf(url))))
  }))
