import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { fixedClock } from "../src/testing/fixedClock.ts"
import { interferes } from "./proof/interference.ts"
import { storesFor } from "./proof/storesFor.ts"
import { sum } from "./proof/Tried.ts"
import { now } from "./support/randomTables.ts"

const stores = storesFor({ quick: 1, full: 25 })

describe("non-interference", () => {
  it.effect(
    `rows outside the scope change no byte of a result in ${stores} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = sum(yield* Effect.forEach(Array.from({ length: stores }, (_, seed) => seed), interferes))
        assert.isAbove(tried.telling, stores * 50)
      }).pipe(fixedClock(now))
  )
})
