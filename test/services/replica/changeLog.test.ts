import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { captureState, enableCapture } from "../../../src/services/replica/changeLog.ts"
import { inDatabase, insertedLead, run, takenWeights } from "../../support/captured.ts"
import { say } from "../../support/locks.ts"

const asReplica = "SET LOCAL session_replication_role = replica"

it.live("no PostgreSQL publication contains the change log", () =>
  inDatabase(() =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* run([
        "CREATE PUBLICATION of_schema FOR TABLES IN SCHEMA crm",
        "CREATE PUBLICATION of_database FOR ALL TABLES"
      ])
      const tables =
        yield* sql`SELECT DISTINCT tablename AS name FROM pg_publication_tables WHERE tablename LIKE '%change%'`
      assert.deepStrictEqual(tables, [])
    })
  ))

const copies = (status: string) =>
  `INSERT INTO crm.leads SELECT l.organization_id, l.lead_id || '_copy', l.owner_id, '{}', '{}', NULL, NULL, '${status}', now()
  FROM crm.leads l`

const kindsOfWrites: ReadonlyArray<readonly [string, ReadonlyArray<string>, ReadonlyArray<number>]> = [
  ["INSERT of two rows", [copies("lead")], [1, 1]],
  ["UPDATE of two rows", ["UPDATE crm.leads SET status = 'client'"], [-1, -1, 1, 1]],
  ["UPDATE of no row", ["UPDATE crm.leads SET status = 'client' WHERE false"], []],
  ["DELETE of two rows", ["DELETE FROM crm.leads"], [-1, -1]],
  ["ON CONFLICT DO UPDATE of two rows", [
    "INSERT INTO crm.leads SELECT * FROM crm.leads ON CONFLICT (organization_id, lead_id) DO UPDATE SET status = 'client'"
  ], [-1, -1, 1, 1]],
  ["MERGE that deletes one row and updates one row", [
    `MERGE INTO crm.leads l USING (SELECT min(lead_id) AS first FROM crm.leads) m ON true
    WHEN MATCHED AND l.lead_id = m.first THEN DELETE WHEN MATCHED THEN UPDATE SET status = 'client'`
  ], [-1, -1, 1]],
  ["a query that updates one row and deletes one row", [
    `WITH first AS (SELECT min(lead_id) AS id FROM crm.leads),
    updated AS (UPDATE crm.leads SET status = 'client' WHERE lead_id IN (SELECT id FROM first) RETURNING 1)
    DELETE FROM crm.leads WHERE lead_id NOT IN (SELECT id FROM first)`
  ], [-1, -1, 1]],
  ["UPDATE through a view", [
    "CREATE VIEW crm.clients AS SELECT * FROM crm.leads",
    "UPDATE crm.clients SET status = 'client'"
  ], [-1, -1, 1, 1]],
  ["an insert that was rolled back to a savepoint", ["SAVEPOINT s", copies("lead"), "ROLLBACK TO SAVEPOINT s"], []]
]

it.live.each(kindsOfWrites)(
  "the change log gets exactly the changed rows of %s, also with session_replication_role = replica",
  ([, statements, weights]) =>
    inDatabase(() =>
      Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        yield* enableCapture
        for (const role of ["SELECT", asReplica]) {
          yield* run(["TRUNCATE crm.leads", "DROP VIEW IF EXISTS crm.clients", insertedLead, insertedLead])
          assert.deepStrictEqual(yield* takenWeights, [1, 1])
          yield* sql.withTransaction(run([role, ...statements]))
          assert.deepStrictEqual(yield* takenWeights, [...weights], role)
        }
      })
    )
)

const typesOf =
  "DROP CONSTRAINT leads_tag_ids_check, ALTER COLUMN tag_ids DROP DEFAULT, ALTER COLUMN tag_ids TYPE text[], ALTER COLUMN tag_ids SET DEFAULT '{}'"

const changesOfColumns: ReadonlyArray<readonly [string, boolean]> = [
  ["SELECT", true],
  [`ALTER TABLE crm.leads ADD COLUMN note json DEFAULT '{"a":"\\u0000"}'`, true],
  ["ALTER TABLE crm.leads ALTER COLUMN created_at TYPE timestamptz(6)", true],
  ["ALTER TABLE crm.leads ALTER COLUMN source TYPE varchar(255)", false],
  ["ALTER TABLE crm.leads ALTER COLUMN source TYPE text", true],
  [`ALTER TABLE crm.leads ${typesOf}`, false],
  [
    "ALTER TABLE crm.leads ALTER COLUMN tag_ids DROP DEFAULT, ALTER COLUMN tag_ids TYPE uuid[] USING '{}'," +
    "ALTER COLUMN tag_ids SET DEFAULT '{}'",
    true
  ],
  ["ALTER TABLE crm.leads DROP COLUMN note", true],
  ["ALTER TABLE crm.leads RENAME COLUMN lead_type TO kind", false],
  ["ALTER TABLE crm.leads RENAME COLUMN kind TO lead_type", true],
  ["ALTER TABLE crm.leads DROP COLUMN source CASCADE", false]
]

it.live("writes to crm.leads are logged only while its logged columns have their original names and types", () =>
  inDatabase((url) =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* enableCapture
      const write = (role: string) => sql.withTransaction(run([role, ...Array.from({ length: 8 }, () => insertedLead)]))
      for (const [change, isLogged] of changesOfColumns) {
        yield* say(url, change)
        for (const role of ["SELECT", asReplica]) {
          yield* write(role)
          assert.strictEqual((yield* takenWeights).length, isLogged ? 8 : 0, `${role}: ${change}`)
        }
      }
    })
  ))

it.live("the types of the columns are checked once for many statements, and again after a change of the table", () =>
  inDatabase(() =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* enableCapture
      const callsAfter = Effect.fnUntraced(function*(statements: ReadonlyArray<string>) {
        yield* run(statements)
        const rows = yield* sql`
          SELECT funcname AS name, calls::int AS calls FROM pg_stat_xact_user_functions ORDER BY funcname
        `
        return rows.map(({ calls, name }) => [name, calls])
      })
      yield* sql.withTransaction(Effect.gen(function*() {
        yield* run(["SET LOCAL track_functions = 'pl'"])
        assert.deepStrictEqual(yield* callsAfter(Array.from({ length: 5 }, () => insertedLead)), [
          ["are_types_known", 1],
          ["log_leads", 5]
        ])
        assert.deepStrictEqual(yield* callsAfter(["ALTER TABLE crm.leads ADD COLUMN note text", insertedLead]), [
          ["are_types_known", 2],
          ["log_leads", 6]
        ])
      }))
    })
  ))

const namesOfTypes = ["text", "uuid", "timestamptz", "int4", "numeric", "void", "regclass", "regtype", "bool", "xid8"]

/** PostgreSQL plans the check while the temporary table exists, or again after the temporary table was created. */
const ordersOfWrites = (hides: string, shows: string): ReadonlyArray<ReadonlyArray<string>> => [
  [hides, insertedLead, shows, insertedLead],
  [insertedLead, hides, "ANALYZE crm.leads", insertedLead, shows]
]

it.live("writes are logged in a session whose temporary tables have the names of types or of our tables", () =>
  inDatabase(() =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* enableCapture
      for (const name of [...namesOfTypes, "new_rows", "leads_changes"]) {
        for (const writes of ordersOfWrites(`CREATE TEMP TABLE "${name}" (id int)`, `DROP TABLE pg_temp."${name}"`)) {
          yield* sql.withTransaction(run(["DISCARD PLANS", ...writes]))
          assert.deepStrictEqual(yield* takenWeights, [1, 1], `${name}: ${writes.join("; ")}`)
        }
      }
    })
  ))

it.live("a transaction that began before a column was dropped can still write", () =>
  inDatabase((url) =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* enableCapture
      yield* sql.withTransaction(Effect.gen(function*() {
        yield* run(["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "SELECT pg_current_snapshot()::text"])
        yield* say(url, "ALTER TABLE crm.leads DROP COLUMN source CASCADE")
        yield* run([insertedLead])
      }))
      assert.deepStrictEqual(yield* takenWeights, [])
    })
  ))

it.live("writes to a renamed table are no longer logged after another table has taken its name", () =>
  inDatabase(() =>
    Effect.gen(function*() {
      yield* enableCapture
      yield* run([
        "ALTER TABLE crm.leads RENAME TO former_leads",
        "CREATE TABLE crm.leads (LIKE crm.former_leads INCLUDING ALL)"
      ])
      yield* enableCapture
      yield* run([insertedLead, "INSERT INTO crm.former_leads SELECT * FROM crm.leads"])
      assert.deepStrictEqual(yield* takenWeights, [1])
    })
  ))

const wrongTriggers = [
  "log_inserted AFTER INSERT ON crm.leads REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION crm_capture.log_calls()",
  "log_updated AFTER UPDATE ON crm.leads REFERENCING OLD TABLE AS new_rows NEW TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION crm_capture.log_leads()"
]

it.live("a trigger that calls the function of another table, or that confuses old and new rows, is replaced", () =>
  inDatabase(() =>
    Effect.gen(function*() {
      yield* enableCapture
      for (const wrong of wrongTriggers) {
        yield* run([`CREATE OR REPLACE TRIGGER ${wrong}`])
        assert.isFalse((yield* captureState).isEnabled, wrong)
        yield* enableCapture
        assert.isTrue((yield* captureState).isEnabled, wrong)
      }
      yield* run([insertedLead])
      assert.deepStrictEqual(yield* takenWeights, [1])
    })
  ))
