import { DateTime, Effect, Ref } from "effect"
import { SecureRandom } from "effect/crypto"
import { type Judging, leaseFor } from "../../../domain/Delivery.ts"
import type { MemoryStore, State, StoredAlertLook } from "../MemoryStore.ts"
import { isUntil, organizationsOf } from "./memoryOrders.ts"
import type { AlertLook } from "./SubscriptionRepo.ts"

const withLook = (state: State, look: StoredAlertLook): State => ({
  ...state,
  alertLooks: [...state.alertLooks.filter(({ organizationId }) => organizationId !== look.organizationId), look]
})

export const memoryAlertLooks = Effect.fnUntraced(function*(store: MemoryStore["Service"]) {
  const random = yield* SecureRandom.SecureRandom

  const freeIn = ({ alertLooks }: State, now: DateTime.Utc, id: AlertLook["organizationId"]): AlertLook | undefined => {
    const found = alertLooks.find(({ organizationId }) => organizationId === id)
    if (found === undefined) return { organizationId: id, looked: null }
    return isUntil(now, found.visibleAt) ? { organizationId: id, looked: found.looked } : undefined
  }

  const alertLooks = (now: DateTime.Utc) =>
    Effect.map(
      Ref.get(store),
      (state) =>
        organizationsOf(state.subscriptions.filter(({ paused, when }) => when !== null && !paused))
          .flatMap((organizationId) => freeIn(state, now, organizationId) ?? [])
    )

  const takeAlerts = Effect.fnUntraced(function*({ looked, organizationId }: AlertLook, now: DateTime.Utc) {
    const claim = yield* random.uuidV4()
    return yield* Ref.modify(store, (state): readonly [Judging | undefined, State] => {
      const free = freeIn(state, now, organizationId)
      if (free === undefined || free.looked !== looked) return [undefined, state]
      const taken = { organizationId, looked, claim, visibleAt: DateTime.addDuration(now, leaseFor) }
      return [{ organizationId, claim }, withLook(state, taken)]
    })
  })

  const keepAlerts = ({ claim, organizationId }: Judging, until: DateTime.Utc, looked?: string) =>
    Ref.modify(store, (state): readonly [boolean, State] => {
      const found = state.alertLooks.find((one) => one.organizationId === organizationId && one.claim === claim)
      if (found === undefined) return [false, state]
      return [true, withLook(state, { ...found, visibleAt: until, looked: looked ?? found.looked })]
    })

  return { alertLooks, takeAlerts, keepAlerts }
})
