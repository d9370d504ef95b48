import { assert } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import type { Outcome } from "../../src/domain/Delivery.ts"
import { elsewhere } from "./people.ts"
import {
  claimedBy,
  due,
  ids,
  lastOf,
  later,
  made,
  next,
  refused,
  sent,
  subscribed,
  type SubscriptionCase,
  termsDue
} from "./subscriptionScene.ts"

export const deliveryCases: ReadonlyArray<SubscriptionCase> = [
  [
    "a time due makes one delivery to each recipient, whichever process makes it",
    Effect.gen(function*() {
      const { found, id, organizationId, owner, repo } = yield* made(["carl", "olga"])
      assert.deepInclude(found, { organizationId, id, nextAt: due, at: "02:30", timeZone: "Europe/Madrid" })
      yield* repo.makeDeliveries(found, { dueAt: later(1), nextAt: later(2), settled: undefined })
      assert.deepStrictEqual(yield* repo.due(organizationId, due), [])
      assert.notInclude(yield* repo.organizationsDue(due), organizationId)
      assert.include(yield* repo.organizationsDue(next), organizationId)
      const claims = yield* Effect.forEach([1, 2], () => claimedBy(repo, organizationId))
      assert.sameMembers(claims.map(({ userId }) => String(userId)), ["carl", "olga"])
      assert.isUndefined(yield* repo.claim(organizationId, due))
      assert.deepStrictEqual((yield* repo.find(owner, id)).nextAt, next)
    })
  ],
  [
    "a time due that is missed makes deliveries that are settled",
    Effect.gen(function*() {
      const { id, owner, repo } = yield* subscribed()
      const [found] = yield* repo.due(owner.organizationId, due)
      if (found === undefined) return assert.fail("nothing is due")
      const settled = { at: later(9), outcome: { state: "skipped", reason: "too_late" } as const }
      yield* repo.makeDeliveries(found, { dueAt: due, nextAt: next, settled })
      assert.isUndefined(yield* repo.claim(owner.organizationId, later(9)))
      assert.deepStrictEqual(yield* lastOf(repo, owner, id), [[owner.userId, "skipped", "too_late"]])
    })
  ],
  [
    "a process holds a delivery for a minute, longer if it renews, and then another process takes it",
    Effect.gen(function*() {
      const { organizationId, repo } = yield* made()
      assert.isUndefined(yield* repo.claim(elsewhere.organizationId, due))
      assert.notInclude(yield* repo.organizationsWaiting(later(-1)), organizationId)
      assert.include(yield* repo.organizationsWaiting(due), organizationId)
      const first = yield* claimedBy(repo, organizationId)
      assert.deepInclude(first, { organizationId, attempts: 1, handed: 0, isTest: false, reason: null })
      assert.isUndefined(yield* repo.claim(organizationId, later(59)))
      assert.isTrue(yield* repo.renew(first, later(30)))
      assert.isUndefined(yield* repo.claim(organizationId, later(89)))
      const second = yield* claimedBy(repo, organizationId, later(90))
      assert.deepInclude(second, { id: first.id, attempts: 2 })
      assert.isFalse(yield* repo.renew(first, later(91)))
      assert.isFalse(yield* repo.hand(first, later(91)))
      yield* repo.settle(first, later(91), sent)
      assert.isTrue(yield* repo.hand(second, later(91)))
    })
  ],
  [
    "a delivery is handed over twice at most, and only within the lease",
    Effect.gen(function*() {
      const { organizationId, repo } = yield* made()
      const first = yield* claimedBy(repo, organizationId)
      assert.isFalse(yield* repo.hand(first, later(60)))
      assert.isTrue(yield* repo.hand(first, later(59)))
      const second = yield* claimedBy(repo, organizationId, later(119))
      assert.strictEqual(second.handed, 1)
      assert.isTrue(yield* repo.hand(second, later(120)))
      const third = yield* claimedBy(repo, organizationId, later(180))
      assert.strictEqual(third.handed, 2)
      assert.isFalse(yield* repo.hand(third, later(180)))
    })
  ],
  [
    "a delivery that was not accepted is tried again at its time, and counts as handed only without an answer",
    Effect.gen(function*() {
      const { id, organizationId, owner, repo } = yield* made()
      const first = yield* claimedBy(repo, organizationId)
      yield* repo.hand(first, due)
      yield* repo.retry(first, later(100), "no_mail_server", true)
      assert.isUndefined(yield* repo.claim(organizationId, later(99)))
      const second = yield* claimedBy(repo, organizationId, later(100))
      assert.deepInclude(second, { attempts: 2, handed: 0, reason: "no_mail_server" })
      yield* repo.hand(second, later(100))
      yield* repo.retry(second, later(200), "no_answer", false)
      assert.deepInclude(yield* claimedBy(repo, organizationId, later(200)), { attempts: 3, handed: 1 })
      assert.deepStrictEqual(yield* lastOf(repo, owner, id), [[owner.userId, "waiting", "no_answer"]])
    })
  ],
  [
    "five refused mails in a row pause a recipient, and an accepted one starts the count again",
    Effect.gen(function*() {
      const { id, organizationId, owner, repo } = yield* made()
      const settle = Effect.fnUntraced(function*(outcome: Outcome, second: number) {
        yield* repo.deliver({ organizationId, subscriptionId: id, userId: owner.userId }, later(second))
        yield* repo.settle(yield* claimedBy(repo, organizationId, later(second)), later(second), outcome)
        const [recipient] = (yield* repo.find(owner, id)).to
        return [recipient?.failures, recipient?.pausedAt]
      })
      yield* repo.settle(yield* claimedBy(repo, organizationId), due, refused)
      assert.deepStrictEqual(yield* settle(refused, 1), [2, null])
      assert.deepStrictEqual(yield* settle({ state: "failed", reason: "no_mail_server" }, 2), [2, null])
      assert.deepStrictEqual(yield* settle(sent, 3), [0, null])
      for (const failures of [1, 2, 3, 4]) {
        assert.deepStrictEqual(yield* settle(refused, 3 + failures), [failures, null])
      }
      assert.deepStrictEqual(yield* settle(refused, 8), [5, later(8)])
      const [found] = yield* repo.due(organizationId, next)
      if (found === undefined) return assert.fail("nothing is due")
      yield* repo.makeDeliveries(found, { dueAt: next, nextAt: DateTime.add(next, { days: 1 }), settled: undefined })
      assert.isUndefined(yield* repo.claim(organizationId, next))
      const [again] = (yield* repo.update(owner, id, () => termsDue, ids("olga"))).to
      assert.deepInclude(again, { failures: 0, pausedAt: null })
    })
  ],
  [
    "tests do not count: neither refused nor accepted ones",
    Effect.gen(function*() {
      const { id, organizationId, owner, repo } = yield* made()
      yield* repo.settle(yield* claimedBy(repo, organizationId), due, refused)
      for (const [index, outcome] of [refused, refused, refused, refused, sent].entries()) {
        const at = later(index + 1)
        yield* repo.test(owner, id, at)
        const claimed = yield* claimedBy(repo, organizationId, at)
        assert.isTrue(claimed.isTest)
        yield* repo.settle(claimed, at, outcome)
        assert.deepInclude((yield* repo.find(owner, id)).to[0], { failures: 1, pausedAt: null })
      }
    })
  ],
  [
    "after a subscription or its report was deleted, nothing that waits is sent",
    Effect.gen(function*() {
      const byRemoval = yield* made()
      const claimed = yield* claimedBy(byRemoval.repo, byRemoval.organizationId)
      yield* byRemoval.repo.remove(byRemoval.owner, byRemoval.id)
      assert.isUndefined(yield* byRemoval.repo.ordered(claimed))
      assert.isFalse(yield* byRemoval.repo.hand(claimed, later(1)))
      assert.isUndefined(yield* byRemoval.repo.claim(byRemoval.organizationId, later(100)))
      const { id, organizationId, owner, repo, reportId, reports } = yield* made()
      yield* reports.remove(owner, reportId, undefined)
      assert.isUndefined(yield* repo.claim(organizationId, due))
      assert.isUndefined(yield* repo.link(organizationId, id))
      assert.deepStrictEqual(yield* repo.due(organizationId, next), [])
    })
  ],
  [
    "a delivery is deleted 30 days after it was settled",
    Effect.gen(function*() {
      const { id, organizationId, owner, repo } = yield* made(["carl", "olga"])
      yield* repo.settle(yield* claimedBy(repo, organizationId), due, sent)
      yield* repo.purge(DateTime.add(due, { days: 29 }))
      assert.include((yield* lastOf(repo, owner, id)).map(([, state]) => state), "sent")
      yield* repo.purge(DateTime.add(due, { days: 30 }))
      assert.sameMembers((yield* lastOf(repo, owner, id)).map(([, state]) => state), [undefined, "waiting"])
    })
  ]
]
