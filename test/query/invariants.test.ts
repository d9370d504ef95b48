import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { fixedClock } from "../../src/testing/fixedClock.ts"
import { invariants } from "../proof/invariants.ts"
import { proofLimit, seedsFor } from "../proof/storesFor.ts"
import { sum } from "../proof/Tried.ts"
import { now } from "../support/randomTables.ts"

const seeds = seedsFor({ quick: 1, full: 10 })

describe("invariants", () => {
  it.effect(
    `the parts of a series add up to its total in ${seeds.length} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = sum(yield* Effect.forEach(seeds, invariants))
        assert.isAbove(tried.telling, seeds.length * 50)
      }).pipe(fixedClock(now)),
    proofLimit(seeds)
  )
})
