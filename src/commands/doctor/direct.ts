import { Effect, Option, Schema } from "effect"
import { SqlClient } from "effect/sql"
import * as Database from "../../services/database/Database.ts"
import { IsDistributed } from "../../services/database/distributed.ts"
import { decodeRow } from "../../services/database/statements.ts"
import { type Findings, ok, problem } from "./Finding.ts"
import { migrationRights } from "./rights.ts"

const decodeIdentity = decodeRow(Schema.Struct({ identity: Schema.String }))

const identity = SqlClient.SqlClient.use((sql) =>
  Effect.map(
    decodeIdentity(
      sql`SELECT concat_ws(' ', pg_postmaster_start_time(), oid) AS identity FROM pg_database
        WHERE datname = current_database()`
    ),
    (row) => row.identity
  )
)

export const direct = Effect.fnUntraced(function*(settings: Database.Settings) {
  const client = Database.directClientOf(settings)
  if (Option.isNone(client)) return yield* migrationRights
  // On Citus, DATABASE_URL may name a worker, so it is not compared with DATABASE_DIRECT_URL.
  const here = (yield* IsDistributed) ? undefined : yield* identity
  return yield* Effect.gen(function*() {
    const findings: Findings = here === undefined || (yield* identity) === here
      ? [ok("DATABASE_DIRECT_URL answers"), ...yield* migrationRights]
      : [problem("DATABASE_DIRECT_URL is another database than DATABASE_URL, so migrations would be applied there")]
    return findings
  }).pipe(Effect.provide(client.value))
})
