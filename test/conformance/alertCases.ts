import { assert } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import type { AlertState } from "../../src/domain/Alert.ts"
import type { Outcome } from "../../src/domain/Delivery.ts"
import { UserId } from "../../src/domain/Ids.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo } from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { layout, people } from "./people.ts"
import { claimedBy, due, ids, later, refused, type SubscriptionCase, termsDue } from "./subscriptionScene.ts"

const when = { instanceId: "a", of: "value", above: 2.5 } as const

const day = (count: number) => DateTime.add(due, { days: count })

const beyond = (at: DateTime.Utc): AlertState => ({ basis: "b", isBeyond: true, mailedAt: at })
const back = (at: DateTime.Utc): AlertState => ({ basis: "b", isBeyond: false, mailedAt: at })

const quiet = (judged: AlertState): Outcome => ({ state: "skipped", reason: "not_crossed", judged })

/** Saves a report of the owner with an alert of the admin, whose first deliveries are made. */
const alerting = Effect.fnUntraced(function*(...names: ReadonlyArray<string>) {
  const reports = yield* ReportRepo
  const repo = yield* SubscriptionRepo
  const { admin, owner } = people()
  const { organizationId } = owner
  const report = yield* reports.create(owner, { title: "Saved", visibility: "organization", layout })
  const { id } = yield* repo.create(admin, report.id, { ...termsDue, when }, ids(...names))
  const makeDay = Effect.fnUntraced(function*(count: number) {
    const [found] = yield* repo.due(organizationId, day(count))
    if (found === undefined) return assert.fail("nothing is due")
    yield* repo.makeDeliveries(found, { dueAt: day(count), nextAt: day(count + 1), settled: undefined })
  })
  yield* makeDay(0)
  const alertOf = (userId: string) =>
    Effect.map(
      repo.ordered({ organizationId, subscriptionId: id, userId: UserId.make(userId) }),
      (order) => order?.recipient?.alert
    )
  return { admin, owner, organizationId, repo, id, makeDay, alertOf }
})

export const alertCases: ReadonlyArray<SubscriptionCase> = [
  [
    "an alert is returned as it was made and changed",
    Effect.gen(function*() {
      const { admin, id, organizationId, repo } = yield* alerting("olga")
      const found = yield* repo.find(admin, id)
      assert.deepInclude(found, { when, paused: false, pauseReason: null })
      const order = yield* repo.ordered({ organizationId, subscriptionId: id, userId: UserId.make("olga") })
      assert.deepInclude(order, { when })
      const other = { instanceId: "a", of: "pace", below: -1, currency: "EUR" } as const
      assert.deepStrictEqual(
        (yield* repo.update(admin, id, () => ({ ...termsDue, when: other }), undefined)).when,
        other
      )
    })
  ],
  [
    "the state of an alert moves with the outcome of a delivery, for its recipient only",
    Effect.gen(function*() {
      const { alertOf, organizationId, repo } = yield* alerting("carl", "olga")
      const first = yield* claimedBy(repo, organizationId)
      const other = first.userId === "olga" ? "carl" : "olga"
      assert.isNull(yield* alertOf(first.userId))
      yield* repo.settle(first, later(1), { state: "sent", reason: null, judged: beyond(due) })
      assert.deepStrictEqual(yield* alertOf(first.userId), beyond(due))
      assert.isNull(yield* alertOf(other))
      yield* repo.settle(yield* claimedBy(repo, organizationId), later(2), quiet(back(later(2))))
      assert.deepStrictEqual(yield* alertOf(other), back(later(2)))
      assert.deepStrictEqual(yield* alertOf(first.userId), beyond(due))
    })
  ],
  [
    "a process that no longer holds a delivery changes neither the delivery nor the state",
    Effect.gen(function*() {
      const { alertOf, organizationId, repo } = yield* alerting("olga")
      const first = yield* claimedBy(repo, organizationId)
      const second = yield* claimedBy(repo, organizationId, later(60))
      yield* repo.settle(first, later(61), quiet(back(due)))
      assert.isNull(yield* alertOf("olga"))
      yield* repo.settle(second, later(61), refused)
      assert.isNull(yield* alertOf("olga"))
    })
  ],
  [
    "a later claim knows what the mail that was handed over told",
    Effect.gen(function*() {
      const { organizationId, repo } = yield* alerting("olga")
      const first = yield* claimedBy(repo, organizationId)
      assert.isNull(first.judged)
      yield* repo.hand(first, due, beyond(due))
      assert.deepStrictEqual((yield* claimedBy(repo, organizationId, later(60))).judged, beyond(due))
    })
  ],
  [
    "deliveries of an alert to a person are taken one after the other, and those to other people and tests at once",
    Effect.gen(function*() {
      const { admin, id, makeDay, organizationId, repo } = yield* alerting("carl", "olga")
      yield* makeDay(1)
      const firsts = [yield* claimedBy(repo, organizationId, day(1)), yield* claimedBy(repo, organizationId, day(1))]
      assert.deepStrictEqual(firsts.map(({ dueAt }) => dueAt), [due, due])
      assert.sameMembers(firsts.map(({ userId }) => String(userId)), ["carl", "olga"])
      assert.isUndefined(yield* repo.claim(organizationId, day(1)))
      yield* repo.test(admin, id, day(1))
      assert.isTrue((yield* claimedBy(repo, organizationId, day(1))).isTest)
      for (const first of firsts) {
        yield* repo.settle(first, day(1), refused)
        const second = yield* claimedBy(repo, organizationId, day(1))
        assert.deepStrictEqual([second.userId, second.dueAt], [first.userId, day(1)])
      }
    })
  ],
  [
    "a delivery of an alert that is made late waits until a later one that a process holds is judged",
    Effect.gen(function*() {
      const { id, organizationId, repo } = yield* alerting("carl", "olga")
      const addressee = { organizationId, subscriptionId: id, userId: UserId.make("olga") }
      for (const _ of ["carl", "olga"]) {
        yield* repo.settle(yield* claimedBy(repo, organizationId), due, quiet(back(due)))
      }
      yield* repo.deliver(addressee, later(90))
      const held = yield* claimedBy(repo, organizationId, later(90))
      yield* repo.deliver(addressee, later(60))
      assert.isUndefined(yield* repo.claim(organizationId, later(91)))
      yield* repo.deliver({ ...addressee, userId: UserId.make("carl") }, later(60))
      assert.strictEqual((yield* claimedBy(repo, organizationId, later(91))).userId, "carl")
      assert.isUndefined(yield* repo.claim(organizationId, later(149)))
      assert.isTrue(yield* repo.settle(held, later(149), quiet(back(later(149)))))
      assert.deepInclude(yield* claimedBy(repo, organizationId, later(149)), {
        userId: addressee.userId,
        dueAt: later(60)
      })
    })
  ],
  [
    "mails that are no alert are taken whatever waits",
    Effect.gen(function*() {
      const { admin, id, makeDay, organizationId, repo } = yield* alerting("olga")
      yield* makeDay(1)
      yield* repo.update(admin, id, () => termsDue, undefined)
      const claims = [yield* claimedBy(repo, organizationId, day(1)), yield* claimedBy(repo, organizationId, day(1))]
      assert.deepStrictEqual(claims.map(({ dueAt }) => dueAt), [due, day(1)])
    })
  ],
  [
    "a recipient who stays keeps the state, and one who is named anew begins anew",
    Effect.gen(function*() {
      const { admin, alertOf, id, organizationId, repo } = yield* alerting("olga")
      yield* repo.settle(yield* claimedBy(repo, organizationId), due, quiet(back(due)))
      yield* repo.update(admin, id, () => ({ ...termsDue, when }), ids("carl", "olga"))
      assert.deepStrictEqual(yield* alertOf("olga"), back(due))
      assert.isNull(yield* alertOf("carl"))
      yield* repo.update(admin, id, () => ({ ...termsDue, when }), ids("carl"))
      yield* repo.update(admin, id, () => ({ ...termsDue, when }), ids("olga"))
      assert.isNull(yield* alertOf("olga"))
    })
  ],
  [
    "an alert whose widget was removed is paused with this reason, until a change names another, which is not paused",
    Effect.gen(function*() {
      const { admin, id, organizationId, repo } = yield* alerting("carl", "olga")
      const removed: Outcome = { state: "skipped", reason: "widget_removed", removed: when }
      const late = yield* claimedBy(repo, organizationId)
      yield* repo.settle(yield* claimedBy(repo, organizationId), due, removed)
      assert.deepInclude(yield* repo.find(admin, id), { paused: true, pauseReason: "widget_removed" })
      assert.deepStrictEqual(yield* repo.due(organizationId, day(1)), [])
      const other = { ...when, instanceId: "b" }
      yield* repo.update(admin, id, () => ({ ...termsDue, when: other }), undefined)
      assert.isTrue(yield* repo.settle(late, due, removed))
      assert.deepInclude(yield* repo.find(admin, id), { paused: false, pauseReason: null, when: other })
    })
  ],
  [
    "members see no outcome of an alert for other people, because it depends on the rows of these people",
    Effect.gen(function*() {
      const { admin, id, organizationId, owner, repo } = yield* alerting("ana", "olga")
      for (const second of [1, 2, 3, 4, 5]) {
        for (const userId of ["ana", "olga"]) {
          yield* repo.settle(yield* claimedBy(repo, organizationId, later(second)), later(second), refused)
          const addressee = { organizationId, subscriptionId: id, userId: UserId.make(userId) }
          if (second < 5) yield* repo.deliver(addressee, later(second))
        }
      }
      const shown = (caller: typeof admin) =>
        Effect.map(
          repo.find(caller, id),
          ({ to }) =>
            to.map(({ failures, last, pausedAt }) => ({ failures, reason: last?.reason, isPaused: pausedAt !== null }))
        )
      const failed = { failures: 5, reason: "address_refused" as const, isPaused: true }
      assert.deepStrictEqual(yield* shown(admin), [failed, failed])
      assert.deepStrictEqual(yield* shown(owner), [{ failures: 0, reason: undefined, isPaused: false }, failed])
      assert.deepStrictEqual((yield* repo.list(owner, (yield* repo.find(owner, id)).reportId)).length, 1)
    })
  ]
]
