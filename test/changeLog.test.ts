import { assert, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { SqlClient } from "effect/sql"
import { enableCapture } from "../src/services/replica/changeLog.ts"
import { inDatabase, insertedLead, run } from "./support/captured.ts"
import { say } from "./support/locks.ts"

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

it.live("the change log gets inserted leads also after columns of crm.leads were added, changed, renamed or dropped", () =>
  inDatabase((url) =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* enableCapture
      const write = sql.withTransaction(run(Array.from({ length: 8 }, () => insertedLead)))
      yield* write
      const changes = [
        `ALTER TABLE crm.leads ADD COLUMN note json DEFAULT '{"a":"\\u0000"}'`,
        "ALTER TABLE crm.leads ALTER COLUMN source TYPE varchar(255)",
        "ALTER TABLE crm.leads ALTER COLUMN created_at TYPE timestamptz(6)",
        "ALTER TABLE crm.leads RENAME COLUMN lead_type TO kind",
        "ALTER TABLE crm.leads DROP COLUMN source CASCADE"
      ]
      for (const change of changes) {
        yield* say(url, change)
        assert.isTrue(Exit.isSuccess(yield* Effect.exit(write)), change)
      }
      const [found] = yield* sql`SELECT count(*)::int AS changes FROM crm_capture.changes`
      assert.deepStrictEqual(found, { changes: 8 * 6 })
    })
  ))
