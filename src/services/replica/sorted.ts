import { Clock, Effect } from "effect"
import type { ColumnStore } from "../../columnStore/ColumnStore.ts"

/** Other work of the process waits for this many nanoseconds, or for one step if it takes longer. */
const longTurn = 2_000_000n

export const sorted = Effect.fnUntraced(function*<E>(store: ColumnStore, afterStep: Effect.Effect<void, E>) {
  const steps = store.sort()
  for (let isDone = false; !isDone;) {
    const started = yield* Clock.monotonicTimeNanos
    do isDone = steps.next().done === true
    while (!isDone && (yield* Clock.monotonicTimeNanos) - started < longTurn)
    yield* afterStep
    yield* Effect.yieldNow
  }
})
