import { Effect, Schema } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { DatabaseUnusable, rootCause } from "./errors.ts"
import { decodeRow, decodeRows, transaction } from "./statements.ts"

/** Each key begins with the number of its migration, such as `0011_add_notes`. */
type Migrations = Readonly<Record<string, Effect.Effect<void, SqlError.SqlError, SqlClient.SqlClient>>>

const table = "crm_report_migrations"

const decodeExists = decodeRow(Schema.Struct({ exists: Schema.Boolean }))
const decodeApplied = decodeRows(Schema.Struct({ id: Schema.Int, name: Schema.String }))

const exists = SqlClient.SqlClient.use((sql) =>
  Effect.map(decodeExists(sql`SELECT to_regclass(${table}) IS NOT NULL AS exists`), (row) => row.exists)
)

const applied = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  if (!(yield* exists)) return []
  return yield* decodeApplied(sql`SELECT migration_id AS id, name FROM ${sql(table)} ORDER BY migration_id`)
})

/** If another process has just created the table, the error is ignored. */
const created = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`CREATE TABLE IF NOT EXISTS ${sql(table)} (
    migration_id integer PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now(),
    name text NOT NULL
  )`
}).pipe(Effect.catch((error) => Effect.flatMap(exists, (isThere) => isThere ? Effect.void : Effect.fail(error))))

/** An addition removes nothing, so older versions of the service still work after it. */
const isAddition = (name: string) => name.startsWith("add_")

const parsed = (migrations: Migrations) =>
  Object.entries(migrations).map(([key, migration]) => {
    const [number = "", ...words] = key.split("_")
    return { id: Number(number), key, name: words.join("_"), migration }
  })

export const migratorOf = (migrations: Migrations) => {
  const known = parsed(migrations)
  const newest = Math.max(...known.map(({ id }) => id))

  const missing = Effect.gen(function*() {
    const found = yield* applied
    const foreign = found.find(({ id, name }) => id > newest && !isAddition(name))
    if (foreign !== undefined) {
      return yield* new DatabaseUnusable({
        reason: `the database is at migration ${foreign.id} (${foreign.name}), which changes what this version needs ` +
          `(it knows ${newest}): start the version that migrated it, or a later one`
      })
    }
    const latest = found.at(-1)?.id ?? 0
    return known.filter(({ id }) => id > latest)
  }).pipe(Effect.mapError(DatabaseUnusable.because))

  /** The lock lets one process at a time run migrations. Other processes can still read the table. */
  const apply: Effect.Effect<ReadonlyArray<string>, DatabaseUnusable, SqlClient.SqlClient> = Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    yield* created
    const work = Effect.gen(function*() {
      yield* sql`LOCK TABLE ${sql(table)} IN SHARE ROW EXCLUSIVE MODE`
      const required = yield* missing
      yield* Effect.forEach(required, ({ id, key, migration, name }) =>
        migration.pipe(
          Effect.andThen(sql`INSERT INTO ${sql(table)} (migration_id, name) VALUES (${id}, ${name})`),
          Effect.mapError((error) => new DatabaseUnusable({ reason: `migration ${key} failed (${rootCause(error)})` }))
        ), { discard: true })
      return required.map(({ key }) => key)
    })
    return yield* transaction(sql)(work)
  }).pipe(Effect.mapError(DatabaseUnusable.because))

  const migratedBy = (direct: (work: typeof apply) => typeof apply) =>
    Effect.gen(function*() {
      if ((yield* missing).length === 0) return []
      const names = yield* direct(apply)
      const [left] = yield* missing
      if (left === undefined) return names
      return yield* new DatabaseUnusable({
        reason: `${left.key} was applied to another database: let DATABASE_DIRECT_URL name the database of DATABASE_URL`
      })
    })

  return {
    migratedBy,
    migrated: migratedBy((work) => work),
    missingMigrations: Effect.map(missing, ({ length }) => length)
  }
}
