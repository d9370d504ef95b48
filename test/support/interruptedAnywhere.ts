import { Effect, Fiber, References } from "effect"

/** The works of the tests end after fewer operations. */
export const mostSteps = 40

/** A fiber with this limit executes one operation in each turn of the scheduler. */
export const oneOperation = 3

/** Interrupts `work` after each number of its operations, and then executes `check`. */
export const interruptedAnywhere = Effect.fnUntraced(function*<A, E, R, B, E2, R2>(
  work: Effect.Effect<A, E, R>,
  check: Effect.Effect<B, E2, R2>
) {
  for (let steps = 0; steps < mostSteps; steps++) {
    const fiber = yield* Effect.forkChild(Effect.provideService(work, References.MaxOpsBeforeYield, oneOperation))
    yield* Effect.repeat(Effect.yieldNow, { times: steps })
    yield* Fiber.interrupt(fiber)
    yield* check
  }
})
