import { Effect, Layer } from "effect"
import { eachMinute } from "../reports/eachMinute.ts"
import { ChangedAlerts } from "./ChangedAlerts.ts"
import { Delivering } from "./Delivering.ts"

/** This number of mails is made at a time. Fewer than the places of background runs, so that freezes also get one. */
const slots = 3

/** Each process makes deliveries that are due, and sends those that wait. A statement decides which process sends one. */
export const ScheduledDeliveries = Layer.effectDiscard(
  Effect.gen(function*() {
    const { judge } = yield* ChangedAlerts
    const { findWaiting, makeDue, sendOne } = yield* Delivering
    const scope = yield* Effect.scope
    let busy = 0
    const slot = sendOne.pipe(
      Effect.repeat({ while: (wasOne) => wasOne }),
      Effect.catchCause((cause) => Effect.logError("deliveries could not be sent", cause)),
      Effect.ensuring(Effect.sync(() => {
        busy -= 1
      }))
    )
    // Slots that are busy also send for the organizations that are found now.
    const fill = Effect.gen(function*() {
      yield* findWaiting
      while (busy < slots) {
        busy += 1
        yield* Effect.forkIn(slot, scope)
      }
    })
    yield* eachMinute("deliveries", Effect.andThen(makeDue, fill))
    // Judging alerts may take longer than a minute, and delays no other delivery.
    yield* eachMinute("alerts", Effect.andThen(judge, fill))
  })
)
