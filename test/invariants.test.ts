import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { fixedClock } from "../src/testing/fixedClock.ts"
import { invariants } from "./proof/invariants.ts"
import { storesFor } from "./proof/storesFor.ts"
import { sum } from "./proof/Tried.ts"
import { now } from "./support/randomTables.ts"

const stores = storesFor({ quick: 1, full: 15 })

describe("invariants", () => {
  it.effect(
    `the parts of a series add up to its total in ${stores} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = sum(yield* Effect.forEach(Array.from({ length: stores }, (_, seed) => seed), invariants))
        assert.isAbove(tried.telling, stores * 50)
      }).pipe(fixedClock(now))
  )
})
