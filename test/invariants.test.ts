import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { standingStill } from "../src/testing/standingStill.ts"
import { invariants } from "./proof/invariants.ts"
import { sum } from "./proof/Tried.ts"
import { now } from "./support/randomTables.ts"

const stores = Number(process.env["PROOF_STORES"] ?? 15)

describe("invariants", () => {
  it.effect(
    `parts add up to wholes and every answer is sound, over ${stores} random stores`,
    () =>
      Effect.gen(function*() {
        const tried = sum(yield* Effect.forEach(Array.from({ length: stores }, (_, seed) => seed), invariants))
        assert.isAbove(tried.telling, stores * 50)
      }).pipe(standingStill(now))
  )
})
