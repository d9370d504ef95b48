import { Clock, Effect } from "effect"
import { ask, type Contender } from "./Contender.ts"
import type { Case } from "./measure.ts"

/** Asks for so long, all cases in turn; gives how many requests that were. */
export const warmUp = (cases: ReadonlyArray<Case>, millis: number) =>
  Effect.fnUntraced(function*(contender: Contender) {
    const until = (yield* Clock.currentTimeMillis) + millis
    let asked = 0
    while ((yield* Clock.currentTimeMillis) < until) {
      yield* Effect.forEach(
        cases,
        ({ gate, widgets }) => ask(contender, contender.bodyOf(gate.peopleAt(asked++), widgets))
      )
    }
    return asked
  })
