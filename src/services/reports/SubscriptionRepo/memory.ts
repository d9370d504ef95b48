import { DateTime, Effect, Ref, Result } from "effect"
import { SecureRandom } from "effect/crypto"
import type { Caller } from "../../../domain/Caller.ts"
import type { Addressee } from "../../../domain/Delivery.ts"
import { type OrgId, type ReportId, SubscriptionId, type UserId } from "../../../domain/Ids.ts"
import type { InvalidRequest } from "../../../domain/InvalidRequest.ts"
import { ReportNotFound } from "../../../domain/Report.ts"
import {
  maxSubscriptions,
  type Recipient,
  type Subscription,
  SubscriptionNotFound,
  tooManySubscriptions
} from "../../../domain/Subscription.ts"
import {
  endedAfter,
  hostOf,
  readerOfTest,
  recipientsAfter,
  recipientsShownTo,
  viewShownTo
} from "../../../domain/subscriptionRules.ts"
import { byCodePoint } from "../../../query/series/sort.ts"
import {
  MemoryStore,
  modify,
  type State,
  type StoredRecipient,
  type StoredSubscription,
  withoutSubscriptions
} from "../MemoryStore.ts"
import { readableIn } from "../ReportRepo/memory.ts"
import { memoryAlertLooks } from "./memoryAlertLooks.ts"
import { memoryDeliveries } from "./memoryDeliveries.ts"
import { memoryOrders } from "./memoryOrders.ts"
import type { SubscriptionRepo, Terms } from "./SubscriptionRepo.ts"

const isManagedIn = (state: State, caller: Caller) => (subscription: StoredSubscription): boolean => {
  const report = readableIn(state, caller, subscription.reportId)
  return report !== undefined && subscription.organizationId === caller.organizationId &&
    (caller.role === "admin" || [subscription.createdBy, report.ownerId].includes(caller.userId))
}

const lastIn = ({ deliveries }: State, id: SubscriptionId, userId: UserId, isTest = false): Recipient["last"] => {
  const [last] = deliveries
    .filter((one) => one.subscriptionId === id && one.userId === userId && one.isTest === isTest)
    .toSorted((a, b) => DateTime.toEpochMillis(b.dueAt) - DateTime.toEpochMillis(a.dueAt))
  if (last === undefined) return null
  const { attempts, dueAt, reason, settledAt, state } = last
  return { attempts, dueAt, reason, settledAt, state }
}

const shownIn = (state: State, caller: Caller) => (stored: StoredSubscription): Subscription => {
  const { ended: _ended, linkKey: _key, organizationId: _organization, to, url, ...subscription } = stored
  return {
    ...subscription,
    host: hostOf(url),
    view: viewShownTo(caller, subscription.view),
    to: recipientsShownTo(
      caller,
      subscription.when,
      to.map(({ alert: _alert, ...recipient }) => ({
        ...recipient,
        last: lastIn(state, subscription.id, recipient.userId)
      })).toSorted((a, b) => byCodePoint(a.userId, b.userId))
    ),
    lastTest: lastIn(state, subscription.id, readerOfTest(caller, subscription), true)
  }
}

/** A recipient who stays keeps the state of the alert. */
const withAlerts = (before: ReadonlyArray<StoredRecipient>, to: ReadonlyArray<Omit<Recipient, "last">>) =>
  to.map((recipient): StoredRecipient => ({
    ...recipient,
    alert: before.find(({ userId }) => userId === recipient.userId)?.alert ?? null
  }))

const foundIn = (
  state: State,
  caller: Caller,
  id: SubscriptionId
): Result.Result<StoredSubscription, SubscriptionNotFound> => {
  const found = state.subscriptions.find((one) => one.id === id && isManagedIn(state, caller)(one))
  return found === undefined ? Result.fail(new SubscriptionNotFound()) : Result.succeed(found)
}

export const replaced = (state: State, before: StoredSubscription, after: StoredSubscription): State => ({
  ...state,
  subscriptions: state.subscriptions.map((one) => one === before ? after : one)
})

export const memorySubscriptionRepo = Effect.gen(function*() {
  const store = yield* MemoryStore
  const random = yield* SecureRandom.SecureRandom

  const list = (caller: Caller, reportId: ReportId) =>
    Effect.map(
      Ref.get(store),
      (state) =>
        state.subscriptions.filter((one) => one.reportId === reportId && isManagedIn(state, caller)(one))
          .map(shownIn(state, caller))
    )

  const find = (caller: Caller, id: SubscriptionId) =>
    Effect.flatMap(
      Ref.get(store),
      (state) => Effect.fromResult(Result.map(foundIn(state, caller, id), shownIn(state, caller)))
    )

  const create = Effect.fnUntraced(
    function*(caller: Caller, reportId: ReportId, terms: Terms, to: ReadonlyArray<UserId>) {
      const created: StoredSubscription = {
        ...terms,
        organizationId: caller.organizationId,
        id: SubscriptionId.make(yield* random.uuidV4()),
        reportId,
        createdBy: caller.userId,
        linkKey: Buffer.from(yield* random.randomBytes(32)).toString("base64url"),
        to: withAlerts([], recipientsAfter(caller, [], to)),
        ended: [],
        createdAt: yield* DateTime.now
      }
      return yield* modify(
        store,
        (state): Result.Result<readonly [Subscription, State], InvalidRequest | ReportNotFound> => {
          if (readableIn(state, caller, reportId) === undefined) return Result.fail(new ReportNotFound())
          const ofReport = state.subscriptions.filter((one) => one.reportId === reportId)
          if (ofReport.length >= maxSubscriptions) return Result.fail(tooManySubscriptions())
          const after = { ...state, subscriptions: [...state.subscriptions, created] }
          return Result.succeed([shownIn(after, caller)(created), after])
        }
      )
    }
  )

  const update: SubscriptionRepo["Service"]["update"] = (caller, id, change, to) =>
    modify(store, (state) =>
      Result.map(foundIn(state, caller, id), (before) => {
        const known = [...before.to, ...before.ended]
        const after = {
          ...before,
          ...change(shownIn(state, caller)(before)),
          ...(to !== undefined && {
            to: withAlerts(before.to, recipientsAfter(caller, known, to)),
            ended: endedAfter(known, to)
          })
        }
        const changed = replaced(state, before, after)
        return [shownIn(changed, caller)(after), changed]
      }))

  const remove = (caller: Caller, id: SubscriptionId) =>
    modify(
      store,
      (state) =>
        Result.map(
          foundIn(state, caller, id),
          (found) => [found.reportId, withoutSubscriptions(state, (one) => one === found)]
        )
    )

  const link = (organizationId: OrgId, id: SubscriptionId) =>
    Effect.map(
      Ref.get(store),
      ({ subscriptions }) => subscriptions.find((one) => one.organizationId === organizationId && one.id === id)
    )

  const end = ({ organizationId, subscriptionId, userId }: Addressee, now: DateTime.Utc) =>
    Ref.modify(store, (state): readonly [ReportId | undefined, State] => {
      const isEnding = (one: StoredRecipient) => one.userId === userId && one.endedAt === null
      const before = state.subscriptions.find((one) =>
        one.organizationId === organizationId && one.id === subscriptionId
      )
      if (before === undefined) return [undefined, state]
      if (![...before.to, ...before.ended].some((one) => one.userId === userId)) {
        const ended = [...before.ended, { userId, endedAt: now }]
        return [before.reportId, replaced(state, before, { ...before, ended })]
      }
      if (!before.to.some(isEnding)) return [undefined, state]
      const to = before.to.map((recipient) => isEnding(recipient) ? { ...recipient, endedAt: now } : recipient)
      return [before.reportId, replaced(state, before, { ...before, to })]
    })

  return {
    list,
    find,
    create,
    update,
    remove,
    link,
    end,
    ...yield* memoryOrders(store, find),
    ...yield* memoryDeliveries(store),
    ...yield* memoryAlertLooks(store)
  }
})
