import { Clock, Effect } from "effect"
import { ask, type Pair } from "./Contender.ts"
import type { Case } from "./measure.ts"

/** Sends the requests of all cases to both contenders for `millis` ms, before they are measured. */
export const warmUp = Effect.fnUntraced(
  function*({ contender, rival }: Pair, cases: ReadonlyArray<Case>, millis: number) {
    const until = (yield* Clock.currentTimeMillis) + millis
    let asked = 0
    while ((yield* Clock.currentTimeMillis) < until) {
      for (const { gate, widgets } of cases) {
        const people = gate.peopleAt(asked++)
        yield* ask(contender, contender.bodyOf(people, widgets))
        yield* ask(rival, rival.bodyOf(people, widgets))
      }
    }
    return asked
  }
)
