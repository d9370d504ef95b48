import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import type { ReportId } from "../../src/domain/Ids.ts"
import { maxSubscriptions } from "../../src/domain/Subscription.ts"
import { SubscriptionRepo } from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { elsewhere, layout } from "./people.ts"
import { refusalOf } from "./refusalOf.ts"
import {
  claimedBy,
  due,
  ids,
  later,
  next,
  refused,
  sent,
  subscribed,
  type SubscriptionCase,
  termsDue
} from "./subscriptionScene.ts"

export const subscriptionCases: ReadonlyArray<SubscriptionCase> = [
  [
    "a subscription is returned as it was made, changed, and removed",
    Effect.gen(function*() {
      const { admin, id, repo, reportId, subscription } = yield* subscribed(["olga", "carl"])
      const recipient = { endedAt: null, pausedAt: null, failures: 0, last: null }
      const to = ids("carl", "olga").map((userId) => ({ userId, ...recipient }))
      const { url: _url, ...shown } = termsDue
      assert.deepInclude(subscription, { ...shown, host: null, id, reportId, createdBy: admin.userId, to })
      assert.deepStrictEqual(yield* repo.find(admin, id), subscription)
      assert.deepStrictEqual(yield* repo.list(admin, reportId), [subscription])
      const { view: _view, ...terms } = {
        ...shown,
        every: "month" as const,
        format: "link" as const,
        locale: "de",
        nextAt: next
      }
      const changed = yield* repo.update(admin, id, () => terms, ids("ana"))
      assert.deepStrictEqual(changed, { ...subscription, ...terms, to: [{ userId: admin.userId, ...recipient }] })
      const other = yield* repo.update(admin, id, () => ({ ...terms, view: {} }), undefined)
      assert.deepStrictEqual(other, { ...changed, view: {} })
      yield* repo.remove(admin, id)
      assert.strictEqual(yield* refusalOf(repo.find(admin, id)), "SubscriptionNotFound")
    })
  ],
  [
    "the creator, the owner of the report, and admins find a subscription, while they may read the report",
    Effect.gen(function*() {
      const { admin, colleague, demoted, id, owner, reportId, repo, reports } = yield* subscribed()
      const outcomes = (caller: Caller) =>
        Effect.forEach([
          repo.find(caller, id),
          repo.update(caller, id, () => termsDue, undefined),
          repo.test(caller, id, due)
        ], (one) => refusalOf(Effect.asVoid(one)))
      const missing = Array.from({ length: 3 }, () => "SubscriptionNotFound")
      const done = Array.from({ length: 3 }, () => "done")
      assert.deepStrictEqual(yield* outcomes(admin), done)
      assert.deepStrictEqual(yield* outcomes(demoted), done)
      assert.deepStrictEqual(yield* outcomes(owner), done)
      for (const caller of [colleague, elsewhere, { ...admin, organizationId: elsewhere.organizationId }]) {
        assert.deepStrictEqual(yield* outcomes(caller), missing)
        assert.strictEqual(yield* refusalOf(repo.remove(caller, id)), "SubscriptionNotFound")
        assert.deepStrictEqual(yield* repo.list(caller, reportId), [])
      }
      yield* reports.update(owner, reportId, { visibility: "private" }, undefined)
      assert.deepStrictEqual(yield* outcomes(admin), missing)
      assert.deepStrictEqual(yield* repo.list(admin, reportId), [])
      assert.deepStrictEqual(yield* outcomes(owner), done)
    })
  ],
  [
    "a member does not see whose rows an admin chose, and a change of other parts keeps the choice",
    Effect.gen(function*() {
      const { admin, id, owner, repo } = yield* subscribed()
      assert.deepStrictEqual((yield* repo.find(owner, id)).view, { filters: { source: "web" } })
      const { view: _view, ...terms } = termsDue
      const { view } = yield* repo.update(owner, id, () => terms, undefined)
      assert.deepStrictEqual(view, { filters: { source: "web" } })
      assert.deepStrictEqual((yield* repo.find(admin, id)).view, termsDue.view)
    })
  ],
  [
    "a url is kept until it is changed, only its host is shown, and a test has the numbers of the creator",
    Effect.gen(function*() {
      const { admin, owner, repo, reportId } = yield* subscribed()
      const { view: _view, ...terms } = { ...termsDue, channel: "webhook" as const, url: "https://one.example/secret" }
      const { organizationId, userId } = admin
      const { id } = yield* repo.create(admin, reportId, { ...terms, view: {} }, [userId])
      const addressee = { organizationId, subscriptionId: id, userId }
      const shown = yield* repo.find(owner, id)
      assert.strictEqual(shown.host, "one.example")
      assert.notInclude(JSON.stringify(shown), "secret")
      const { url: _url, ...others } = terms
      yield* repo.update(admin, id, () => others, undefined)
      assert.deepInclude(yield* repo.ordered(addressee), { channel: "webhook", url: "https://one.example/secret" })
      yield* repo.update(admin, id, () => ({ ...others, url: "https://two.example/" }), undefined)
      assert.deepInclude(yield* repo.ordered(addressee), { url: "https://two.example/" })
      yield* repo.test(owner, id, later(-9))
      assert.deepInclude(yield* claimedBy(repo, organizationId, later(-8)), { isTest: true, userId })
    })
  ],
  [
    "the result of a test is shown to the person who asked for it, and not as the last mail of a recipient",
    Effect.gen(function*() {
      const { admin, id, owner, repo, reportId } = yield* subscribed(["olga", "ana"])
      const { organizationId } = owner
      yield* repo.test(owner, id, later(1))
      assert.deepInclude((yield* repo.find(owner, id)).lastTest, { state: "waiting", reason: null, dueAt: later(1) })
      assert.isNull((yield* repo.find(admin, id)).lastTest)
      yield* repo.settle(yield* claimedBy(repo, organizationId, later(1)), later(2), refused)
      yield* repo.test(owner, id, later(3))
      yield* repo.settle(yield* claimedBy(repo, organizationId, later(3)), later(4), sent)
      const { lastTest, to } = yield* repo.find(owner, id)
      assert.deepStrictEqual(lastTest, {
        dueAt: later(3),
        state: "sent",
        reason: null,
        attempts: 1,
        settledAt: later(4)
      })
      assert.deepStrictEqual(to.map(({ last }) => last), [null, null])
      assert.deepStrictEqual((yield* repo.list(owner, reportId))[0]?.lastTest, lastTest)
    })
  ],
  [
    "a subscription that is paused is not due, and what waits is known to be paused",
    Effect.gen(function*() {
      const { id, owner, repo } = yield* subscribed()
      const addressee = { organizationId: owner.organizationId, subscriptionId: id, userId: owner.userId }
      assert.deepInclude(yield* repo.ordered(addressee), { paused: false })
      assert.isTrue((yield* repo.update(owner, id, () => ({ ...termsDue, paused: true }), undefined)).paused)
      assert.deepStrictEqual(yield* repo.due(owner.organizationId, due), [])
      assert.notInclude(yield* repo.organizationsDue(due), owner.organizationId)
      assert.deepInclude(yield* repo.ordered(addressee), { paused: true })
      assert.isFalse((yield* repo.update(owner, id, () => termsDue, undefined)).paused)
      assert.strictEqual((yield* repo.due(owner.organizationId, due)).length, 1)
    })
  ],
  [
    "a report has a limit of subscriptions, also of several people",
    Effect.gen(function*() {
      const { admin, id, owner, repo, reportId, reports } = yield* subscribed()
      yield* Effect.repeat(repo.create(admin, reportId, termsDue, ids("olga")), { times: maxSubscriptions - 2 })
      assert.strictEqual(yield* refusalOf(repo.create(owner, reportId, termsDue, ids("olga"))), "InvalidRequest")
      const other = yield* reports.create(owner, { title: "Other", visibility: "organization", layout })
      yield* repo.create(owner, other.id, termsDue, ids("olga"))
      yield* repo.remove(admin, id)
      yield* repo.create(owner, reportId, termsDue, ids("olga"))
    })
  ],
  [
    "nobody subscribes to a report that they may not read",
    Effect.gen(function*() {
      const { admin, colleague, repo, reportId } = yield* subscribed(["olga"], "private")
      for (const caller of [admin, colleague, elsewhere]) {
        assert.strictEqual(yield* refusalOf(repo.create(caller, reportId, termsDue, ids("olga"))), "ReportNotFound")
      }
    })
  ]
]

/** Everything that a store of subscriptions can be asked. */
export const onSubscriptions = Effect.fnUntraced(function*(caller: Caller, reportId: ReportId) {
  const repo = yield* SubscriptionRepo
  const { organizationId, userId } = caller
  const { id } = yield* repo.create(caller, reportId, termsDue, [userId])
  const [found] = yield* repo.due(organizationId, due)
  if (found !== undefined) yield* repo.makeDeliveries(found, { dueAt: due, nextAt: next, settled: undefined })
  const claimed = yield* repo.claim(organizationId, due)
  const addressee = { organizationId, subscriptionId: id, userId }
  const asked: ReadonlyArray<Effect.Effect<unknown, unknown>> = [
    repo.list(caller, reportId),
    repo.update(caller, id, () => termsDue, [userId]),
    repo.test(caller, id, due),
    repo.link(organizationId, id),
    repo.end(addressee, due),
    repo.organizationsDue(due),
    repo.organizationsWaiting(due),
    repo.ordered(addressee),
    repo.alertLooks(due),
    repo.takeAlerts({ organizationId, looked: null }, due),
    repo.keepAlerts({ organizationId, claim: id }, due, "{}"),
    repo.alerts(organizationId, due),
    repo.deliver(addressee, due),
    ...(claimed === undefined ? [] : [
      repo.renew(claimed, due),
      repo.hand(claimed, due),
      repo.retry(claimed, due, "no_answer", false),
      repo.settle(claimed, due, refused),
      repo.settle(claimed, due, { ...sent, judged: { basis: "b", isBeyond: true, mailedAt: due } }),
      repo.settle(claimed, due, { ...refused, removed: { instanceId: "a", of: "pace" } })
    ]),
    repo.purge(next),
    repo.remove(caller, id)
  ]
  yield* Effect.forEach(asked, Effect.exit, { discard: true })
})
