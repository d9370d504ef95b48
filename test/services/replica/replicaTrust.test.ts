import { assert, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { inject } from "vitest"
import * as Database from "../../../src/services/database/Database.ts"
import { snapshotTransaction } from "../../../src/services/database/statements.ts"
import { capturedTables } from "../../../src/services/replica/captureEpoch.ts"
import { captureState, enableCapture } from "../../../src/services/replica/changeLog.ts"
import { changesSince, decodeChanges } from "../../../src/services/replica/changesSince.ts"
import { load, readCaptured, readServerState, unlimited } from "../../../src/services/replica/load.ts"
import type { Replica } from "../../../src/services/replica/Replica.ts"
import { inDatabase, insertedLead, insertInto, outcomeOf, run } from "../../support/captured.ts"
import { kindsIn } from "../../support/columns.ts"
import { say } from "../../support/locks.ts"
import { databaseOn, freshDatabase, settingsOf } from "../../support/Postgres.ts"

const loaded = Effect.suspend(() => load("org", unlimited))

/** Refreshes the replica, and returns false if the refresh discards it. */
const isKept = Effect.fnUntraced(function*({ apply, snapshot }: Replica) {
  const sql = yield* SqlClient.SqlClient
  const { params, text } = changesSince("org", snapshot.text)
  return apply(yield* decodeChanges(sql.unsafe(text, params)))
})

const unnoticedByFiles: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
  ["a column was dropped and added again with a default", [
    "ALTER TABLE crm.leads DROP COLUMN source CASCADE",
    "ALTER TABLE crm.leads ADD COLUMN source text DEFAULT 'portal'"
  ]],
  ["two columns swapped their names", [
    "ALTER TABLE crm.deals RENAME COLUMN stage TO former",
    "ALTER TABLE crm.deals RENAME COLUMN lost_reason TO stage",
    "ALTER TABLE crm.deals RENAME COLUMN former TO lost_reason"
  ]],
  ["a table was renamed, got a row, and was renamed back", [
    "ALTER TABLE crm.leads RENAME TO elsewhere",
    insertInto("crm.elsewhere"),
    "ALTER TABLE crm.elsewhere RENAME TO leads"
  ]],
  ["the schema was renamed, got a row, and was renamed back", [
    "ALTER SCHEMA crm RENAME TO elsewhere",
    insertInto("elsewhere.leads"),
    "ALTER SCHEMA elsewhere RENAME TO crm"
  ]],
  ["a table got a child table with rows", [
    "CREATE TABLE crm.more () INHERITS (crm.leads)",
    insertInto("crm.more")
  ]],
  ["a table got a parent, through which a row was written", [
    "CREATE TABLE crm.every_lead (LIKE crm.leads INCLUDING CONSTRAINTS)",
    "ALTER TABLE crm.leads INHERIT crm.every_lead",
    insertedLead,
    "UPDATE crm.every_lead SET status = 'client'",
    "ALTER TABLE crm.leads NO INHERIT crm.every_lead"
  ]],
  ["the change log was made a logged table", ["ALTER TABLE crm_capture.leads_changes SET LOGGED"]]
]

it.live.each(unnoticedByFiles)(
  "a replica is discarded after %s",
  ([, statements]) =>
    inDatabase(() =>
      Effect.gen(function*() {
        const replica = yield* loaded
        assert.isTrue(yield* isKept(replica))
        yield* run(statements)
        assert.isFalse(yield* isKept(replica))
      })
    )
)

const emptyFunctions: ReadonlyArray<readonly [string, string]> = [
  ["log_leads", "log_leads() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"],
  [
    "are_types_known",
    "are_types_known(crm_table regclass, query text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT false'"
  ]
]

it.live.each(emptyFunctions)(
  "a replica is discarded after the function %s was replaced for a while by a function that logs nothing",
  ([name, empty]) =>
    inDatabase(() =>
      Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        const replica = yield* loaded
        const [found] = yield* sql`
          SELECT pg_get_functiondef(p.oid) AS definition FROM pg_proc p
          WHERE p.pronamespace = 'crm_capture'::regnamespace AND p.proname = ${name}
        `
        yield* run([`CREATE OR REPLACE FUNCTION crm_capture.${empty}`, insertedLead, String(found?.["definition"])])
        assert.isFalse(yield* isKept(replica))
        assert.isFalse((yield* captureState).isEnabled)
      })
    )
)

it.live.each(emptyFunctions)(
  "a load restores the function %s after a change, so that the replica includes new rows",
  ([, empty]) =>
    inDatabase(() =>
      Effect.gen(function*() {
        yield* enableCapture
        yield* run([
          `CREATE OR REPLACE FUNCTION crm_capture.${empty}`,
          ...capturedTables.flatMap((table) => [
            `ALTER TABLE crm.${table} DISABLE TRIGGER ALL`,
            `ALTER TABLE crm.${table} ENABLE TRIGGER ALL`,
            `ALTER TABLE crm.${table} ENABLE REPLICA TRIGGER log_replicated`
          ])
        ])
        assert.isFalse((yield* captureState).isEnabled)
        const replica = yield* loaded
        yield* run([insertedLead])
        assert.isTrue(yield* isKept(replica))
        // The size counts the lead, its owner, the list of viewers with its viewer, and the kind of the lead.
        assert.strictEqual(replica.store.size, 1 + 3 + kindsIn(replica.store, "leads"))
      })
    )
)

const unreadable: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
  ["a table has partitions", [
    "ALTER TABLE crm.calls RENAME TO calls_of_all",
    "CREATE TABLE crm.calls (LIKE crm.calls_of_all) PARTITION BY LIST (organization_id)",
    "ALTER TABLE crm.calls ATTACH PARTITION crm.calls_of_all DEFAULT"
  ]],
  ["a table has a child table", ["CREATE TABLE crm.more () INHERITS (crm.leads)"]],
  ["a table is a partition", [
    "CREATE TABLE crm.every_lead (LIKE crm.leads INCLUDING CONSTRAINTS) PARTITION BY LIST (organization_id)",
    "ALTER TABLE crm.every_lead ATTACH PARTITION crm.leads DEFAULT"
  ]],
  ["a column has another type", ["ALTER TABLE crm.leads ALTER COLUMN created_at TYPE timestamptz(6)"]],
  ["a column is missing", ["ALTER TABLE crm.leads DROP COLUMN source CASCADE"]],
  ["the change log is a logged table", ["ALTER TABLE crm_capture.leads_changes SET LOGGED"]]
]

it.live.each(unreadable)(
  "no replica is loaded and no trigger is created while %s",
  ([, statements]) =>
    inDatabase(() =>
      Effect.gen(function*() {
        yield* run(statements)
        assert.strictEqual(
          yield* outcomeOf(loaded),
          "NoReplica: the database has the extension Citus, or a table of the schema crm is not as the migrations made it"
        )
        assert.isFalse((yield* captureState).isEnabled)
      })
    )
)

it.live("a replica that was read while ALTER TABLE rewrote a table is discarded", () =>
  inDatabase((url) =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* loaded
      yield* run([insertedLead])
      const { captureEpoch } = yield* readServerState
      const replica = yield* snapshotTransaction(sql)(Effect.gen(function*() {
        yield* sql`SELECT pg_current_snapshot()::text`
        yield* say(url, "ALTER TABLE crm.leads ADD COLUMN rewritten uuid DEFAULT gen_random_uuid()")
        return yield* readCaptured("org", unlimited, captureEpoch)
      }))
      assert.isFalse(yield* isKept(replica))
    })
  ))

it.live("a load fails when the schema changes after the load has read the capture epoch", () =>
  inDatabase(() =>
    Effect.gen(function*() {
      const { captureEpoch } = yield* Effect.andThen(loaded, readServerState)
      yield* run(["ALTER TABLE crm.leads RENAME TO elsewhere", "ALTER TABLE crm.elsewhere RENAME TO leads"])
      assert.strictEqual(
        yield* outcomeOf(readCaptured("org", unlimited, captureEpoch)),
        "NoReplica: the schema crm is being changed"
      )
    })
  ))

it.live("a replica is discarded when its database is replaced by a copy", () =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    const replica = yield* Effect.provide(loaded, Database.clientOf(settingsOf(url)))
    const name = new URL(Redacted.value(url)).pathname.slice(1)
    const copy = yield* databaseOn(Redacted.make(inject("serverUrl")), `${name}_copy`, name)
    assert.isTrue(yield* Effect.provide(isKept(replica), Database.clientOf(settingsOf(url))))
    assert.isFalse(yield* Effect.provide(isKept(replica), Database.clientOf(settingsOf(copy))))
  }))
