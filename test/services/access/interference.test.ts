import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { interferes } from "../../proof/interference.ts"
import { proofLimit, seedsFor } from "../../proof/storesFor.ts"
import { sum } from "../../proof/Tried.ts"
import { now } from "../../support/randomTables.ts"

const seeds = seedsFor({ quick: 1, full: 12 })

describe("non-interference", () => {
  it.effect(
    `rows outside the scope change no byte of a result in ${seeds.length} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = sum(yield* Effect.forEach(seeds, interferes))
        assert.isAbove(tried.telling, seeds.length * 50)
      }).pipe(fixedClock(now)),
    proofLimit(seeds)
  )
})
