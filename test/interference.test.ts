import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { standingStill } from "../src/testing/standingStill.ts"
import { interferes } from "./proof/interference.ts"
import { sum } from "./proof/Tried.ts"
import { now } from "./support/randomTables.ts"

const stores = Number(process.env["PROOF_STORES"] ?? 25)

describe("non-interference", () => {
  it.effect(
    `no row outside the scope changes a byte of any answer, over ${stores} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = sum(yield* Effect.forEach(Array.from({ length: stores }, (_, seed) => seed), interferes))
        assert.isAbove(tried.telling, stores * 50)
      }).pipe(standingStill(now))
  )
})
