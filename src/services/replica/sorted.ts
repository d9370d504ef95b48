import { Effect } from "effect"
import type { ColumnStore } from "../../query/columnar/ColumnStore.ts"

/** These steps take about 2 ms. */
const stepsAtOnce = 16

export const sorted = Effect.fnUntraced(function*<E>(store: ColumnStore, afterStep: Effect.Effect<void, E>) {
  const steps = store.sort()
  for (let isDone = false; !isDone;) {
    for (let step = 0; step < stepsAtOnce && !isDone; step++) isDone = steps.next().done === true
    yield* afterStep
    yield* Effect.yieldNow
  }
})
