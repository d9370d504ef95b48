import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { recordsInMemory } from "../../proof/records.ts"
import { proofLimit, seedsFor } from "../../proof/storesFor.ts"
import { sum } from "../../proof/Tried.ts"
import { now } from "../../support/randomTables.ts"

const seeds = seedsFor({ quick: 1, full: 15 })

describe("records in memory", () => {
  it.effect(
    `the records of a point are in the scope and add up to the point's number, in ${seeds.length} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = yield* Effect.forEach(seeds, recordsInMemory)
        assert.isAbove(sum(tried).telling, seeds.length * 100)
      }).pipe(fixedClock(now)),
    proofLimit(seeds)
  )
})
