import { assert, it } from "@effect/vitest"
import { Effect, Fiber, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { inOrder } from "../../../migrations/inOrder.ts"
import * as Database from "../../../src/services/database/Database.ts"
import { all, migrated, missingMigrations } from "../../../src/services/database/migrations.ts"
import { migratorOf } from "../../../src/services/database/migrator.ts"
import { inDatabase } from "../../support/captured.ts"
import { changesOf } from "../../support/changesOf.ts"
import { begun, waiters } from "../../support/locks.ts"
import { emptyDatabase, settingsOf } from "../../support/Postgres.ts"

const newerWith = (name: string, statement: string) => migratorOf({ ...all, [`9999_${name}`]: inOrder([statement]) })

const addition = newerWith("add_shelf", "ALTER TABLE crm_reports ADD COLUMN shelf text")

/** Runs the migrations of this version. Returns how many were applied, or the error message. */
const outcome = Effect.match(migrated, {
  onFailure: ({ message }) => message,
  onSuccess: (applied) => `applied ${applied.length}`
})

it.live("an older version starts after a newer migration has added a column", () =>
  inDatabase(() =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* addition.migrated, ["9999_add_shelf"])
      assert.strictEqual(yield* outcome, "applied 0")
      assert.strictEqual(yield* missingMigrations, 0)
      assert.deepStrictEqual(yield* addition.migrated, [])
    })
  ))

it.live("an older version does not start after a newer migration has renamed a column, and names the migration", () =>
  inDatabase(() =>
    Effect.gen(function*() {
      yield* newerWith("rename_title", "ALTER TABLE crm_reports RENAME COLUMN title TO heading").migrated
      const message = yield* outcome
      assert.match(message, /migration 9999 \(rename_title\), which changes what this version needs \(it knows \d+\)/)
      assert.strictEqual((yield* Effect.flip(missingMigrations)).message, message)
    })
  ))

it.live("a version with no migration to run starts while a newer version waits to add a column", () =>
  inDatabase((url) =>
    Effect.gen(function*() {
      const commit = yield* begun(url, "LOCK TABLE crm_reports IN ACCESS SHARE MODE")
      const migration = yield* Effect.forkChild(addition.migrated)
      yield* waiters(url)
      const isStarted = yield* Effect.raceFirst(
        Effect.as(migrated, true),
        Effect.andThen(waiters(url, 2), Effect.succeed(false))
      )
      yield* commit
      assert.isTrue(isStarted)
      assert.deepStrictEqual(yield* Fiber.join(migration), ["9999_add_shelf"])
    })
  ))

it.live("a version with no migration to run starts on a read-only database", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    yield* Effect.gen(function*() {
      yield* migrated
      const sql = yield* SqlClient.SqlClient
      yield* sql`SELECT set_config('default_transaction_read_only', 'on', false)`
      assert.strictEqual(yield* outcome, "applied 0")
    }).pipe(Effect.provide(Layer.fresh(Database.clientOf({ ...settingsOf(url), maxConnections: 1 }))))
  }))

it.live("a migration that fails leaves the database as it was", () =>
  inDatabase(() =>
    Effect.gen(function*() {
      const failure = yield* Effect.flip(newerWith("add_nothing", "ALTER TABLE nowhere ADD COLUMN a text").migrated)
      assert.match(failure.message, /^migration 9999_add_nothing failed \(.*"nowhere" does not exist\)$/)
      assert.deepStrictEqual(yield* addition.migrated, ["9999_add_shelf"])
    })
  ))

const adds = [
  "ALTER TABLE crm_reports ADD COLUMN shelf text",
  "ALTER TABLE crm_reports ADD COLUMN shelf integer NOT NULL DEFAULT 0",
  "CREATE INDEX ON crm_reports (organization_id, title)",
  "CREATE TABLE crm_report_shelves (organization_id text PRIMARY KEY)"
]

const changes = [
  "ALTER TABLE crm_reports ADD COLUMN shelf text NOT NULL",
  "ALTER TABLE crm_reports DROP COLUMN title",
  "ALTER TABLE crm_reports RENAME COLUMN title TO heading",
  "ALTER TABLE crm_reports ALTER COLUMN title TYPE varchar(9)",
  "ALTER TABLE crm_reports ADD CHECK (version < 9)",
  "CREATE UNIQUE INDEX ON crm_reports (organization_id, title)",
  "DROP TABLE crm_report_keys",
  "CREATE OR REPLACE FUNCTION crm.log_change() RETURNS void LANGUAGE sql AS 'SELECT 1'"
]

it.live.each(adds)(
  "a migration whose name begins with add_ may contain the statement %s",
  (statement) =>
    inDatabase(() => Effect.map(changesOf(inOrder([statement])), (found) => assert.deepStrictEqual(found, [])))
)

it.live.each(changes)(
  "a migration whose name begins with add_ may not contain the statement %s",
  (statement) => inDatabase(() => Effect.map(changesOf(inOrder([statement])), (found) => assert.isNotEmpty(found)))
)

it.live("a migration whose name begins with add_ leaves existing columns, constraints and functions unchanged", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    const found = yield* Effect.forEach(
      Object.entries(all),
      ([key, migration]) => Effect.map(changesOf(migration), (found) => key.includes("_add_") ? found : [])
    ).pipe(
      Effect.provide(Database.clientOf(settingsOf(url)))
    )
    assert.deepStrictEqual(found.flat(), [])
  }))
