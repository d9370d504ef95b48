import { Effect } from "effect"
import type { ColumnStore } from "../../query/columnar/ColumnStore.ts"

export const sorted = Effect.fnUntraced(function*<E>(store: ColumnStore, afterStep: Effect.Effect<void, E>) {
  const steps = store.sort()
  for (let isDone = false; !isDone;) {
    isDone = steps.next().done === true
    yield* afterStep
    yield* Effect.yieldNow
  }
})
