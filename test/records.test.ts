import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { fixedClock } from "../src/testing/fixedClock.ts"
import { records, recordsInMemory } from "./proof/records.ts"
import { storesFor } from "./proof/storesFor.ts"
import { sum } from "./proof/Tried.ts"
import { postgresTest } from "./support/Postgres.ts"
import { now } from "./support/randomTables.ts"

const stores = storesFor({ quick: 1, full: 20 })
const inMemory = storesFor({ quick: 3, full: 60 })

const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed)

layer(postgresTest, { excludeTestServices: true })("records", (it) => {
  it.effect(
    `the records of a point add up to it, in SQL and in memory, in ${stores} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = yield* Effect.forEach(seeds(stores), records)
        assert.isAbove(sum(tried).telling, stores * 100)
      }).pipe(fixedClock(now))
  )

  it.effect(
    `the records of a point add up to it, in memory, in ${inMemory} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = yield* Effect.forEach(seeds(inMemory), recordsInMemory)
        assert.isAbove(sum(tried).telling, inMemory * 100)
      }).pipe(fixedClock(now))
  )
})
