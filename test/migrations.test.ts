import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import * as Database from "../src/services/database/Database.ts"
import { migrated } from "../src/services/database/migrations.ts"
import { emptyDatabase, settingsOf } from "./support/Postgres.ts"

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
    assert.strictEqual(yield* Effect.provide(counted, client()), 11)
  }))

it.live("a second migration changes nothing", () =>
  Effect.gen(function*() {
    const url = yield* emptyDatabase
    const [first, second] = yield* Effect.provide(Effect.all([migrated, migrated]), Database.clientOf(settingsOf(url)))
    assert.deepStrictEqual(first[0], [1, "crm_contract"])
    assert.deepStrictEqual(second, [])
  }))

it.live("a database of a newer version is refused", () =>
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
