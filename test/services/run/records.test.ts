import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { records } from "../../proof/records.ts"
import { proofLimit, seedsFor } from "../../proof/storesFor.ts"
import { sum } from "../../proof/Tried.ts"
import { postgresTest } from "../../support/Postgres.ts"
import { now } from "../../support/randomTables.ts"

const seeds = seedsFor({ quick: 1, full: 4 })

layer(postgresTest, { excludeTestServices: true })("records", (it) => {
  it.effect(
    `the records of a point add up to its number, by SQL and in memory, in ${seeds.length} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = yield* Effect.forEach(seeds, records)
        assert.isAbove(sum(tried).telling, seeds.length * 100)
      }).pipe(fixedClock(now)),
    proofLimit(seeds)
  )
})
