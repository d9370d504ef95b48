import { Effect, type Redacted, type Scope } from "effect"
import { SqlClient } from "effect/sql"
import * as Database from "../../src/services/database/Database.ts"
import { freshDatabase, settingsOf } from "./Postgres.ts"

export const insertInto = (table: string) =>
  `INSERT INTO ${table} (organization_id, lead_id, owner_id, status, created_at)
  VALUES ('org', gen_random_uuid(), 'ana', 'lead', '2024-05-01')`

export const insertedLead = insertInto("crm.leads")

export const run = Effect.fnUntraced(function*(statements: ReadonlyArray<string>) {
  const sql = yield* SqlClient.SqlClient
  yield* Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true })
})

/** Empties the log of leads. Returns 1 for each inserted row in it, and -1 for each deleted row. */
export const takenWeights = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const rows = yield* sql`DELETE FROM crm_capture.leads_changes RETURNING weight`
  return rows.map(({ weight }) => Number(weight)).sort((a, b) => a - b)
})

/** Runs the work on its own database, because the work changes the schema. */
export const inDatabase = <A, E>(
  work: (url: Redacted.Redacted) => Effect.Effect<A, E, SqlClient.SqlClient | Scope.Scope>
) =>
  Effect.gen(function*() {
    const url = yield* freshDatabase
    return yield* Effect.provide(work(url), Database.clientOf(settingsOf(url)))
  })

/** Returns the error of a load as text, or `loaded`. */
export const outcomeOf = <A, E, R>(loading: Effect.Effect<A, E, R>) =>
  Effect.match(loading, { onFailure: String, onSuccess: () => "loaded" })
