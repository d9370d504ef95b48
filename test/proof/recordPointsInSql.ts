import { Effect } from "effect"
import { type Random, random, seedOf } from "../../src/data/Random.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { findRecords } from "../../src/query/inMemory.ts"
import type { Point, RecordQuery } from "../../src/query/Point.ts"
import { randomTables } from "../support/randomTables.ts"
import { expectSame } from "./Broken.ts"
import { points, someOf, wholeOf } from "./recordPoints.ts"
import { withStored } from "./storedTables.ts"

/** Returns a query for all records of the point, and one for its newest records, its totals, or a later page. */
const queriesOf = (chance: Random, point: Point, tables: Tables): ReadonlyArray<RecordQuery> => {
  const whole = wholeOf(point)
  const { rows, totals } = findRecords(whole, tables)
  const limit = chance.integer(1, 4)
  const [row] = someOf(chance, rows, 1)
  const parts: readonly [RecordQuery, ...ReadonlyArray<RecordQuery>] = [
    { ...whole, limit, part: "records" },
    { ...whole, limit, part: "totals" },
    ...(row === undefined ? [] : [{ ...whole, limit, after: { at: row.at, id: row.id, totals } }])
  ]
  return [whole, chance.pick(parts)]
}

/** Checks the records in memory, and compares them with those in SQL. */
export const recordPointsInSql = (seed: number) => {
  const tables = randomTables(seed)
  const chance = random(seedOf(seed, 97))
  return withStored(tables, (source) =>
    points(seed, tables, (asked, scope, point) =>
      Effect.gen(function*() {
        const reader = yield* source.open(scope)
        for (const query of queriesOf(chance, point, tables)) {
          const { after, limit, part } = query
          yield* expectSame("SQL and memory find the same records of a point", { asked, after, limit, part }, {
            memory: findRecords(query, tables),
            sql: yield* Effect.orDie(reader.records(query))
          })
        }
      })))
}
