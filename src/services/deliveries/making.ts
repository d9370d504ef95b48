import { DateTime, Effect } from "effect"
import type { DueSubscription } from "../../domain/Delivery.ts"
import { isMissed, lastDue, nextDue } from "../../domain/dueTimes.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { SubscriptionRepo } from "../reports/SubscriptionRepo/SubscriptionRepo.ts"

/** Makes the deliveries that are due in all organizations. */
export const makingFrom = ({ due: dueIn, makeDeliveries, organizationsDue }: SubscriptionRepo["Service"]) => {
  const make = Effect.fnUntraced(function*(due: DueSubscription, at: DateTime.Utc) {
    const now = DateTime.toEpochMillis(at)
    const last = Math.max(DateTime.toEpochMillis(due.nextAt), lastDue(due, now))
    yield* makeDeliveries(due, {
      dueAt: DateTime.makeUnsafe(last),
      nextAt: DateTime.makeUnsafe(nextDue(due, Math.max(now, last))),
      settled: isMissed(last, now) ? { at, outcome: { state: "skipped", reason: "too_late" } } : undefined
    })
  })

  /** A time zone that this version of Node does not know, for example, does not stop the other subscriptions. */
  const makeOrLog = (due: DueSubscription, at: DateTime.Utc) =>
    make(due, at).pipe(
      Effect.catchDefect((defect) => Effect.logWarning("the deliveries of a subscription could not be made", defect)),
      Effect.annotateLogs({ subscriptionId: due.id })
    )

  const makeIn = Effect.fnUntraced(function*(organizationId: OrgId) {
    const at = yield* DateTime.now
    for (const due of yield* dueIn(organizationId, at)) yield* makeOrLog(due, at)
  })

  return DateTime.now.pipe(
    Effect.flatMap(organizationsDue),
    Effect.flatMap(Effect.forEach((organizationId) =>
      makeIn(organizationId).pipe(
        Effect.catchCause((cause) => Effect.logWarning("deliveries could not be made", cause)),
        Effect.annotateLogs({ organizationId })
      ), { discard: true }))
  )
}
