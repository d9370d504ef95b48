import { Effect, type Redacted } from "effect"
import { SqlClient } from "effect/sql"
import * as Database from "../../src/services/database/Database.ts"
import { freshDatabase, settingsOf } from "./Postgres.ts"

/** Enters the extension Citus into the system tables, without its functions. */
const entered = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql.withTransaction(Effect.andThen(
    sql`SET LOCAL allow_system_table_mods = on`,
    sql`INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
      SELECT 9999, 'citus', r.oid, 'pg_catalog'::regnamespace, false, '14.0-1'
      FROM pg_roles r WHERE r.rolname = current_user`
  ))
})

export const looksDistributed = (url: Redacted.Redacted) => Effect.provide(entered, Database.clientOf(settingsOf(url)))

/** Returns the URL of a migrated database that looks as if it had the extension Citus. */
export const distributedDatabase = Effect.tap(freshDatabase, looksDistributed)
