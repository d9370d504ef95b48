import { Effect } from "effect"
import { setTimeout } from "node:timers/promises"

/** The pause takes real time even under a test clock. */
export const pause = Effect.promise(() => setTimeout(10))

/** Repeats an effect until `isWanted` accepts its result. Without such a result, the test runs into its time limit. */
export const eventually = Effect.fnUntraced(
  function*<A, E, R>(effect: Effect.Effect<A, E, R>, isWanted: (found: A) => boolean) {
    for (;;) {
      const found = yield* effect
      if (isWanted(found)) return found
      yield* pause
    }
  }
)
