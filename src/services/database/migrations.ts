import { Effect, Schema } from "effect"
import { Migrator, SqlClient } from "effect/sql"
import crmContract from "../../../migrations/0001_crm_contract.ts"
import reports from "../../../migrations/0002_reports.ts"
import snapshots from "../../../migrations/0003_snapshots.ts"
import idempotencyKeys from "../../../migrations/0004_idempotency_keys.ts"
import sharedOwnerIndexes from "../../../migrations/0005_shared_owner_indexes.ts"
import narrowIndexes from "../../../migrations/0006_narrow_indexes.ts"
import changes from "../../../migrations/0007_changes.ts"
import keys from "../../../migrations/0008_keys.ts"
import capture from "../../../migrations/0009_capture.ts"
import recordIndexes from "../../../migrations/0010_record_indexes.ts"
import { DatabaseUnusable } from "./errors.ts"
import { decodeRow } from "./statements.ts"

const all = {
  "0001_crm_contract": crmContract,
  "0002_reports": reports,
  "0003_snapshots": snapshots,
  "0004_idempotency_keys": idempotencyKeys,
  "0005_shared_owner_indexes": sharedOwnerIndexes,
  "0006_narrow_indexes": narrowIndexes,
  "0007_changes": changes,
  "0008_keys": keys,
  "0009_capture": capture,
  "0010_record_indexes": recordIndexes
}

const table = "crm_report_migrations"
const newest = Math.max(...Object.keys(all).map((name) => Number.parseInt(name, 10)))

const apply = Migrator.make({})({ loader: Migrator.fromRecord(all), table })

const decodeLatest = decodeRow(Schema.Struct({ latest: Schema.Int }))

const latestIn = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  return yield* decodeLatest(sql`SELECT coalesce(max(migration_id), 0) AS latest FROM ${sql(table)}`)
})

const checked = Effect.fnUntraced(function*(latest: number) {
  if (latest <= newest) return
  return yield* new DatabaseUnusable({
    reason: `the database is at migration ${latest}, newer than this version knows (${newest}): ` +
      "start the version that migrated it, or a later one"
  })
})

/** `apply` locks the table of migrations, because several processes may start at once. */
export const migrated = Effect.gen(function*() {
  const applied = yield* apply
  yield* checked((yield* latestIn).latest)
  return applied
}).pipe(Effect.mapError(DatabaseUnusable.because))

const decodeExists = decodeRow(Schema.Struct({ exists: Schema.Boolean }))

/** Counts the migrations that a start would apply, and changes nothing. */
export const missingMigrations = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const { exists } = yield* decodeExists(sql`SELECT to_regclass(${table}) IS NOT NULL AS exists`)
  const latest = exists ? (yield* latestIn).latest : 0
  yield* checked(latest)
  return newest - latest
}).pipe(Effect.mapError(DatabaseUnusable.because))
