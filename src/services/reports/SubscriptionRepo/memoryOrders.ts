import { DateTime, Effect, Ref } from "effect"
import { SecureRandom } from "effect/crypto"
import { alertRest } from "../../../domain/Alert.ts"
import type { Caller } from "../../../domain/Caller.ts"
import type { Addressee, DueSubscription, Ordered, OrderedAlert, Outcome } from "../../../domain/Delivery.ts"
import type { OrgId, SubscriptionId } from "../../../domain/Ids.ts"
import { maxRecipients, type Subscription, type SubscriptionNotFound } from "../../../domain/Subscription.ts"
import { readerOfTest } from "../../../domain/subscriptionRules.ts"
import type { MemoryStore, StoredDelivery, StoredRecipient, StoredSubscription } from "../MemoryStore.ts"
import type { SubscriptionRepo } from "./SubscriptionRepo.ts"

export const isUntil = (now: DateTime.Utc, instant: DateTime.Utc) => DateTime.isLessThanOrEqualTo(instant, now)

const isDue = (now: DateTime.Utc) => ({ nextAt, paused }: StoredSubscription) => !paused && isUntil(now, nextAt)

export const organizationsOf = (rows: ReadonlyArray<{ readonly organizationId: OrgId }>) => [
  ...new Set(rows.map(({ organizationId }) => organizationId))
]

export const isOf = ({ organizationId, subscriptionId }: Addressee) => (one: StoredSubscription) =>
  one.organizationId === organizationId && one.id === subscriptionId

const isWaitingOrFailed = (now: DateTime.Utc, { claim, isTest, settledAt, state }: StoredDelivery): boolean =>
  !isTest && (state === "waiting" && claim === null ||
    state === "failed" && settledAt !== null && !isUntil(DateTime.subtractDuration(now, alertRest), settledAt))

const orderOf = (
  { channel, format, linkKey, locale, paused, reportId, url, view, when }: StoredSubscription,
  recipient: StoredRecipient | undefined
): Ordered => ({
  channel,
  format,
  linkKey,
  locale,
  paused,
  reportId,
  url,
  view,
  when,
  recipient: recipient && { endedAt: recipient.endedAt, pausedAt: recipient.pausedAt, alert: recipient.alert }
})

export const memoryOrders = Effect.fnUntraced(function*(
  store: MemoryStore["Service"],
  find: (caller: Caller, id: SubscriptionId) => Effect.Effect<Subscription, SubscriptionNotFound>
) {
  const random = yield* SecureRandom.SecureRandom

  const made = (
    id: string,
    { organizationId, subscriptionId, userId }: Addressee,
    dueAt: DateTime.Utc,
    isTest: boolean,
    settled?: { readonly at: DateTime.Utc; readonly outcome: Outcome }
  ): StoredDelivery => ({
    organizationId,
    subscriptionId,
    userId,
    id,
    dueAt,
    isTest,
    state: settled?.outcome.state ?? "waiting",
    reason: settled?.outcome.reason ?? null,
    settledAt: settled?.at ?? null,
    visibleAt: dueAt,
    claim: null,
    attempts: 0,
    handed: 0,
    judged: null
  })

  const makeDeliveries: SubscriptionRepo["Service"]["makeDeliveries"] = Effect.fnUntraced(
    function*({ id, nextAt: before, organizationId }, { dueAt, nextAt, settled }) {
      const ids = yield* Effect.forEach(Array.from({ length: maxRecipients }), () => random.uuidV4())
      yield* Ref.update(store, (state) => {
        const due = state.subscriptions.find((one) =>
          one.organizationId === organizationId && one.id === id && DateTime.Equivalence(one.nextAt, before)
        )
        if (due === undefined) return state
        const deliveries = due.to.filter(({ endedAt, pausedAt }) => endedAt === null && pausedAt === null)
          .map(({ userId }, at) =>
            made(ids[at] ?? "", { organizationId, subscriptionId: id, userId }, dueAt, false, settled)
          )
        return {
          ...state,
          subscriptions: state.subscriptions.map((one) => one === due ? { ...one, nextAt } : one),
          deliveries: [...state.deliveries, ...deliveries]
        }
      })
    }
  )

  const test = Effect.fnUntraced(function*(caller: Caller, id: SubscriptionId, now: DateTime.Utc) {
    const userId = readerOfTest(caller, yield* find(caller, id))
    const delivery = made(yield* random.uuidV4(), { ...caller, userId, subscriptionId: id }, now, true)
    yield* Ref.update(store, (state) => ({ ...state, deliveries: [...state.deliveries, delivery] }))
  })

  const repo = {
    makeDeliveries,
    test,
    organizationsDue: (now: DateTime.Utc) =>
      Effect.map(
        Ref.get(store),
        ({ subscriptions }) => organizationsOf(subscriptions.filter(isDue(now)))
      ),
    due: (organizationId: OrgId, now: DateTime.Utc) =>
      Effect.map(
        Ref.get(store),
        ({ subscriptions }): ReadonlyArray<DueSubscription> =>
          subscriptions.filter((one) => one.organizationId === organizationId && isDue(now)(one)).slice(0, 100)
            .map(({ at, every, id, nextAt, timeZone, weekStart }) => ({
              organizationId,
              id,
              nextAt,
              at,
              every,
              timeZone,
              weekStart
            }))
      ),
    ordered: (addressee: Addressee) =>
      Effect.map(Ref.get(store), ({ subscriptions }): Ordered | undefined => {
        const found = subscriptions.find(isOf(addressee))
        return found && orderOf(found, found.to.find(({ userId }) => userId === addressee.userId))
      }),
    alerts: (organizationId: OrgId, now: DateTime.Utc) =>
      Effect.map(Ref.get(store), ({ deliveries, subscriptions }): ReadonlyArray<OrderedAlert> =>
        subscriptions
          .filter((one) => one.organizationId === organizationId && one.when !== null && !one.paused)
          .flatMap((one) =>
            one.to.filter(({ endedAt, pausedAt }) => endedAt === null && pausedAt === null).flatMap((recipient) => {
              const { userId } = recipient
              const own = deliveries.filter((each) => each.subscriptionId === one.id && each.userId === userId)
              if (own.some((each) => isWaitingOrFailed(now, each))) return []
              const isClaimed = own.some(({ claim, isTest, state }) => !isTest && state === "waiting" && claim !== null)
              return [{ organizationId, subscriptionId: one.id, userId, isClaimed, order: orderOf(one, recipient) }]
            })
          )),
    deliver: Effect.fnUntraced(function*(addressee: Addressee, dueAt: DateTime.Utc) {
      const delivery = made(yield* random.uuidV4(), addressee, dueAt, false)
      yield* Ref.update(store, (state) => ({ ...state, deliveries: [...state.deliveries, delivery] }))
    })
  }
  return repo
})
