import { assert, layer } from "@effect/vitest"
import { Data, Effect } from "effect"
import { SqlClient } from "effect/sql"
import { demoTables } from "../../src/data/demo.ts"
import { writeTables } from "../../src/data/writeTables.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { postgresTest } from "../support/Postgres.ts"
import { now, randomTables } from "../support/randomTables.ts"
import { readTables, written } from "../support/readTables.ts"

class Undone extends Data.TaggedError("Undone")<{ readonly found: ReturnType<typeof written> }> {}

/** Writes rows, reads the tables, and rolls the transaction back. */
const readBack = (...parts: ReadonlyArray<Tables>) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    sql.withTransaction(Effect.gen(function*() {
      yield* Effect.forEach(parts, (part) => writeTables(part, { isUpdating: true }))
      return yield* new Undone({ found: written(yield* readTables) })
    }))).pipe(Effect.catchTag("Undone", ({ found }) => Effect.succeed(found)))

layer(postgresTest, { excludeTestServices: true })("rows written to the CRM tables", (it) => {
  it.effect("every row of the demo data is stored unchanged", () =>
    Effect.gen(function*() {
      const tables = demoTables({ seed: 3, now, leads: 900 })
      assert.deepStrictEqual(yield* readBack(tables), written(tables))
    }))

  it.effect("every row of random stores is stored unchanged", () =>
    Effect.forEach(Array.from({ length: 40 }, (_, seed) => randomTables(seed)), (tables) =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* readBack(tables), written(tables))
      })))

  it.effect("texts that look like arrays, nulls or quotes are stored unchanged", () =>
    Effect.gen(function*() {
      const tables = demoTables({ seed: 3, now, leads: 1 })
      const odd = ["NULL", "{a,b}", String.raw`a\b"c`, " ", "", "\u{1f600}\n"]
      const leads = tables.leads.map((lead) => ({ ...lead, assigneeIds: odd, source: "NULL" }))
      assert.deepStrictEqual(yield* readBack({ ...tables, leads }), written({ ...tables, leads }))
    }))

  it.effect("writing a row that exists updates it", () =>
    Effect.gen(function*() {
      const before = demoTables({ seed: 3, now, leads: 50 })
      const leads = before.leads.map((lead) => ({ ...lead, status: "client", ownerId: null }))
      assert.deepStrictEqual(yield* readBack(before, { ...before, leads }), written({ ...before, leads }))
    }))
})
