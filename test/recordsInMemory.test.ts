import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { fixedClock } from "../src/testing/fixedClock.ts"
import { recordsInMemory } from "./proof/records.ts"
import { storesFor } from "./proof/storesFor.ts"
import { sum } from "./proof/Tried.ts"
import { now } from "./support/randomTables.ts"

const stores = storesFor({ quick: 1, full: 60 })

describe("records in memory", () => {
  it.effect(
    `the records of a point are in the scope and add up to the point's number, in ${stores} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = yield* Effect.forEach(Array.from({ length: stores }, (_, seed) => seed), recordsInMemory)
        assert.isAbove(sum(tried).telling, stores * 100)
      }).pipe(fixedClock(now))
  )
})
