import { assert, describe, it, layer } from "@effect/vitest"
import { Effect } from "effect"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { recordPoints } from "../../proof/recordPoints.ts"
import { recordPointsInSql } from "../../proof/recordPointsInSql.ts"
import { proofLimit, seedsFor } from "../../proof/storesFor.ts"
import { sum } from "../../proof/Tried.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { now } from "../../support/randomTables.ts"

const inMemory = seedsFor({ quick: 1, full: 15 })
const inSql = seedsFor({ quick: 1, full: 4 })

describe("records of every point in memory", () => {
  it.effect(
    `the records of a point are the rows that the point counts, in ${inMemory.length} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = yield* Effect.forEach(inMemory, recordPoints)
        assert.isAbove(sum(tried).telling, inMemory.length * 500)
      }).pipe(fixedClock(now)),
    proofLimit(inMemory)
  )
})

layer(postgresTest, { excludeTestServices: true })("records of every point in SQL", (it) => {
  it.effect(
    `SQL finds the same records of a point as the code in memory, in ${inSql.length} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = yield* Effect.forEach(inSql, recordPointsInSql)
        assert.isAbove(sum(tried).telling, inSql.length * 500)
      }).pipe(fixedClock(now)),
    proofLimit(inSql)
  )
})
