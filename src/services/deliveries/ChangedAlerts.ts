import { Context, DateTime, Effect, Layer, Random, Schema } from "effect"
import { boundedCache } from "../../domain/boundedCache.ts"
import { type Caller, CurrentCaller } from "../../domain/Caller.ts"
import { type Judging, leaseFor, type OrderedAlert } from "../../domain/Delivery.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { Admission } from "../admission/Admission.ts"
import { withDeadline } from "../admission/withDeadline.ts"
import { ApiKeys } from "../keys/ApiKeys.ts"
import { type ChangeLook, lookAfter } from "../replica/changeLook.ts"
import { ServerState } from "../replica/changesSince.ts"
import { type AlertLook, SubscriptionRepo } from "../reports/SubscriptionRepo/SubscriptionRepo.ts"
import { MetricSource } from "../run/MetricSource.ts"
import { Alerts, type Judged } from "./Alerts.ts"
import { renewing } from "./renewing.ts"

/** So many organizations are judged at a time, as many as mails are made. */
const slots = 3

const lookDeadline = "4 seconds"

const State = Schema.fromJsonString(ServerState)
const decodeState = Schema.decodeSync(State)
const encodeState = Schema.encodeSync(State)

/** A figure that came back also needs a delivery, because only deliveries change the state of an alert. */
const hasCrossed = ({ state, verdict }: Judged, { order: { recipient } }: OrderedAlert): boolean =>
  verdict === "crossed" || (state?.isBeyond === false && recipient?.alert?.isBeyond === true)

interface Seen {
  readonly looked: string | null
  readonly look: ChangeLook
}

/** Judges alerts between their times due, where there is a change log. */
export class ChangedAlerts extends Context.Service<ChangedAlerts, {
  /** Makes a delivery for each alert whose figure crossed its threshold, in the organizations with changes. */
  readonly judge: Effect.Effect<void, Unreachable>
}>()("crm-reports/services/deliveries/ChangedAlerts") {
  static readonly layer = Layer.effect(
    ChangedAlerts,
    Effect.gen(function*() {
      const admission = yield* Admission
      const alerts = yield* Alerts
      const keys = yield* ApiKeys
      const source = yield* MetricSource
      const subscriptions = yield* SubscriptionRepo
      /** The state of the change log that this process has seen since the last judgement of any process. */
      const seen = boundedCache<OrgId, Seen>()

      const lookAt = Effect.fnUntraced(function*({ looked, organizationId }: AlertLook) {
        const before = seen.get(organizationId)
        const last = before?.looked === looked
          ? before.look
          : looked === null
          ? undefined
          : lookAfter(decodeState(looked))
        const look = yield* source.look(organizationId, last).pipe(
          admission.withConnection(organizationId),
          withDeadline(lookDeadline)
        )
        return look?.isLogged === true ? { look, hasChanged: last === undefined || look.hasChanged } : undefined
      })

      /** A delivery that is claimed may have read its numbers before the change, so another one is judged after it. */
      const isNeeded = Effect.fnUntraced(function*(alert: OrderedAlert) {
        const { isClaimed, order, organizationId, userId } = alert
        if (isClaimed) return true
        const role = yield* keys.roleOf(organizationId, userId)
        if (role === undefined || order.when === null) return false
        const caller: Caller = { organizationId, userId, role }
        const judged = yield* alerts.judge(caller, order, order.when).pipe(
          Effect.provideService(CurrentCaller, caller)
        )
        return hasCrossed(judged, alert)
      })

      /**
       * The delivery is judged again, and waits while the role is unknown or the numbers cannot be computed. A failure does
       * not stop the other alerts.
       */
      const judgeOne = Effect.fnUntraced(function*(alert: OrderedAlert) {
        const isDelivered = yield* isNeeded(alert).pipe(
          Effect.catchTag("ReportNotFound", () => Effect.succeed(false)),
          Effect.catchTag(["NotComputed", "Unavailable", "TimedOut"], () => Effect.succeed(true)),
          Effect.catchCause((cause) =>
            Effect.as(
              Effect.logWarning("an alert failed after a change, and its delivery is judged later", cause),
              true
            )
          ),
          Effect.annotateLogs({ subscriptionId: alert.subscriptionId })
        )
        if (isDelivered) yield* subscriptions.deliver(alert, yield* DateTime.now)
      })

      const judgeAll = Effect.fnUntraced(function*(judging: Judging) {
        const found = yield* subscriptions.alerts(judging.organizationId, yield* DateTime.now)
        yield* Effect.forEach(found, judgeOne, { discard: true })
        return "judged" as const
      })

      const judgeIn = Effect.fnUntraced(function*(before: AlertLook) {
        const { organizationId } = before
        const found = yield* lookAt(before)
        if (found === undefined) return
        const { hasChanged, look } = found
        if (!hasChanged) {
          seen.set(organizationId, { looked: before.looked, look })
          return
        }
        const now = yield* DateTime.now
        const judging = yield* subscriptions.takeAlerts(before, now)
        if (judging === undefined) return
        const outcome = yield* Effect.raceFirst(
          judgeAll(judging),
          renewing((now) => subscriptions.keepAlerts(judging, DateTime.addDuration(now, leaseFor)))
        )
        if (outcome === "lost") return
        const nextMinute = DateTime.add(DateTime.startOf(now, "minute"), { minutes: 1 })
        const looked = encodeState(look.state)
        yield* subscriptions.keepAlerts(judging, nextMinute, looked)
        seen.set(organizationId, { looked, look })
      })

      const judge = DateTime.now.pipe(
        Effect.flatMap(subscriptions.alertLooks),
        Effect.flatMap(Random.shuffle),
        Effect.flatMap(Effect.forEach((look) =>
          judgeIn(look).pipe(
            Effect.catchCause((cause) => Effect.logWarning("alerts could not be judged after changes", cause)),
            Effect.annotateLogs({ organizationId: look.organizationId })
          ), { concurrency: slots, discard: true }))
      )
      return { judge }
    })
  )
}
