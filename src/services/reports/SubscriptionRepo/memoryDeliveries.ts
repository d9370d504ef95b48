import { DateTime, Effect, Equal, Ref } from "effect"
import { SecureRandom } from "effect/crypto"
import type { AlertState } from "../../../domain/Alert.ts"
import {
  type Addressee,
  type Claimed,
  type DeliveryReason,
  isOfAddress,
  keptFor,
  leaseFor,
  mostHanded,
  type Outcome
} from "../../../domain/Delivery.ts"
import type { OrgId } from "../../../domain/Ids.ts"
import { failuresToPause } from "../../../domain/Subscription.ts"
import type { MemoryStore, State, StoredDelivery, StoredRecipient } from "../MemoryStore.ts"
import { isOf, isUntil, organizationsOf } from "./memoryOrders.ts"

/**
 * Deliveries of an alert to a person are judged one after the other, because each judgement needs the one before. A delivery
 * that a process holds is judged first, even if it is due later.
 */
const hasOtherAlerts = ({ deliveries, subscriptions }: State, due: StoredDelivery, now: DateTime.Utc): boolean =>
  subscriptions.some((one) => one.when !== null && isOf(due)(one)) &&
  deliveries.some((one) =>
    one.state === "waiting" && !one.isTest && one !== due && one.organizationId === due.organizationId &&
    one.subscriptionId === due.subscriptionId && one.userId === due.userId &&
    (DateTime.isLessThan(one.dueAt, due.dueAt) || (one.claim !== null && !isUntil(now, one.visibleAt)))
  )

const isVisible = (now: DateTime.Utc) => ({ state, visibleAt }: StoredDelivery) =>
  state === "waiting" && isUntil(now, visibleAt)

const isPurged = (now: DateTime.Utc) => ({ settledAt }: StoredDelivery) =>
  settledAt !== null && isUntil(DateTime.subtractDuration(now, keptFor), settledAt)

const failuresAfter = (recipient: StoredRecipient, outcome: Outcome, now: DateTime.Utc): StoredRecipient => {
  if (outcome.state === "sent") return { ...recipient, failures: 0 }
  if (!isOfAddress(outcome)) return recipient
  const failures = recipient.failures + 1
  return { ...recipient, failures, pausedAt: failures >= failuresToPause ? now : recipient.pausedAt }
}

const withRecipient = (
  { subscriptions }: State,
  addressee: Addressee,
  change: (recipient: StoredRecipient) => StoredRecipient
): State["subscriptions"] =>
  subscriptions.map((one) =>
    isOf(addressee)(one)
      ? { ...one, to: one.to.map((recipient) => recipient.userId === addressee.userId ? change(recipient) : recipient) }
      : one
  )

/** A change may have given the subscription another alert since the removed one was judged. */
const settledIn = (state: State, claimed: Claimed, outcome: Outcome, now: DateTime.Utc): State["subscriptions"] => {
  const subscriptions = withRecipient(state, claimed, (before) => {
    const after = claimed.isTest ? before : failuresAfter(before, outcome, now)
    return { ...after, alert: outcome.judged ?? after.alert }
  })
  const { removed } = outcome
  if (removed === undefined) return subscriptions
  return subscriptions.map((one) =>
    isOf(claimed)(one) && Equal.equals(one.when, removed)
      ? { ...one, paused: true, pauseReason: "widget_removed" }
      : one
  )
}

export const memoryDeliveries = Effect.fnUntraced(function*(store: MemoryStore["Service"]) {
  const random = yield* SecureRandom.SecureRandom

  const claim = Effect.fnUntraced(function*(organizationId: OrgId, now: DateTime.Utc) {
    const claim = yield* random.uuidV4()
    return yield* Ref.modify(store, (state): readonly [Claimed | undefined, State] => {
      const [found] = state.deliveries
        .filter((one) => one.organizationId === organizationId && isVisible(now)(one))
        .filter((one) => one.isTest || !hasOtherAlerts(state, one, now))
        .toSorted((a, b) => DateTime.toEpochMillis(a.visibleAt) - DateTime.toEpochMillis(b.visibleAt))
      if (found === undefined) return [undefined, state]
      const visibleAt = DateTime.addDuration(now, leaseFor)
      const taken = { ...found, claim, visibleAt, attempts: found.attempts + 1 }
      const deliveries = state.deliveries.map((one) => one === found ? taken : one)
      const { settledAt: _settled, state: _state, visibleAt: _visible, ...claimed } = taken
      return [claimed, { ...state, deliveries }]
    })
  })

  /** Changes a delivery that this process holds, if `change` returns another one. */
  const change = (
    { claim, id }: Claimed,
    change: (delivery: StoredDelivery) => StoredDelivery,
    after: (state: State) => State = (state) => state
  ) =>
    Ref.modify(store, (state): readonly [boolean, State] => {
      const found = state.deliveries.find((one) => one.id === id && one.claim === claim && one.state === "waiting")
      const changed = found === undefined ? undefined : change(found)
      if (found === undefined || changed === undefined || changed === found) return [false, state]
      return [true, after({ ...state, deliveries: state.deliveries.map((one) => one === found ? changed : one) })]
    })

  const repo = {
    claim,
    organizationsWaiting: (now: DateTime.Utc) =>
      Effect.map(Ref.get(store), ({ deliveries }) => organizationsOf(deliveries.filter(isVisible(now)))),
    renew: (claimed: Claimed, now: DateTime.Utc) =>
      change(claimed, (one) => ({ ...one, visibleAt: DateTime.addDuration(now, leaseFor) })),
    hand: (claimed: Claimed, now: DateTime.Utc, judged: AlertState | null = null) =>
      change(claimed, (one) =>
        one.handed < mostHanded && !isUntil(now, one.visibleAt)
          ? { ...one, handed: one.handed + 1, visibleAt: DateTime.addDuration(now, leaseFor), judged }
          : one),
    settle: (claimed: Claimed, now: DateTime.Utc, outcome: Outcome) =>
      change(
        claimed,
        (one) => ({ ...one, state: outcome.state, reason: outcome.reason, settledAt: now, claim: null }),
        (state) => ({ ...state, subscriptions: settledIn(state, claimed, outcome, now) })
      ),
    retry: (claimed: Claimed, at: DateTime.Utc, reason: DeliveryReason, isRefused: boolean) =>
      Effect.asVoid(change(claimed, (one) => ({
        ...one,
        visibleAt: at,
        claim: null,
        reason,
        handed: isRefused ? Math.max(0, one.handed - 1) : one.handed
      }))),
    purge: (now: DateTime.Utc) =>
      Ref.modify(store, (state): readonly [number, State] => {
        const deliveries = state.deliveries.filter((one) => !isPurged(now)(one))
        return [state.deliveries.length - deliveries.length, { ...state, deliveries }]
      })
  }
  return repo
})
