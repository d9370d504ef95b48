import { assert } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import { elsewhere } from "./people.ts"
import {
  claimedBy,
  due,
  ids,
  later,
  made,
  next,
  subscribed,
  type SubscriptionCase,
  termsDue
} from "./subscriptionScene.ts"

export const endedMailCases: ReadonlyArray<SubscriptionCase> = [
  [
    "a recipient who ended the mails gets no more, and only this recipient can take it back",
    Effect.gen(function*() {
      const { admin, id, organizationId, owner, repo } = yield* made(["carl", "olga"])
      assert.deepInclude(yield* repo.link(organizationId, id), { locale: "es-MX" })
      assert.isUndefined(yield* repo.link(elsewhere.organizationId, id))
      yield* repo.end({ organizationId: elsewhere.organizationId, subscriptionId: id, userId: owner.userId }, later(1))
      const endedOf = Effect.map(repo.find(admin, id), ({ to }) => to.map(({ endedAt }) => endedAt))
      assert.deepStrictEqual(yield* endedOf, [null, null])
      for (const second of [1, 2]) {
        yield* repo.end({ organizationId, subscriptionId: id, userId: owner.userId }, later(second))
      }
      assert.deepStrictEqual(yield* endedOf, [null, later(1)])
      const order = yield* repo.ordered({ organizationId, subscriptionId: id, userId: owner.userId })
      assert.deepInclude(order, {
        format: "csv",
        locale: "es-MX",
        view: termsDue.view,
        recipient: { endedAt: later(1), pausedAt: null, alert: null }
      })
      const [found] = yield* repo.due(organizationId, next)
      if (found === undefined) return assert.fail("nothing is due")
      yield* repo.makeDeliveries(found, { dueAt: next, nextAt: DateTime.add(next, { days: 1 }), settled: undefined })
      const { to } = yield* repo.find(admin, id)
      assert.deepStrictEqual(to.map(({ last }) => last?.dueAt), [next, due])
      yield* repo.update(admin, id, () => termsDue, ids("olga", "ana"))
      assert.deepStrictEqual(yield* endedOf, [null, later(1)])
      yield* repo.update(owner, id, () => termsDue, ids("olga"))
      assert.deepStrictEqual(yield* endedOf, [null])
    })
  ],
  [
    "a recipient who ended the mails gets no more after others have removed and added this person, also after other changes",
    Effect.gen(function*() {
      const { admin, id, owner, repo } = yield* subscribed(["carl", "olga"])
      const { organizationId } = owner
      const recipientsOf = Effect.map(
        repo.find(admin, id),
        ({ to }) => to.map(({ endedAt, userId }) => [String(userId), endedAt])
      )
      const change = (caller: Caller, ...to: ReadonlyArray<string>) =>
        Effect.andThen(repo.update(caller, id, () => termsDue, ids(...to)), recipientsOf)
      yield* repo.end({ organizationId, subscriptionId: id, userId: owner.userId }, later(1))
      const ended = [["carl", null], ["olga", later(1)]]
      for (const _round of [1, 2]) {
        assert.deepStrictEqual(yield* change(admin, "carl"), [["carl", null]])
        yield* repo.update(admin, id, () => ({ ...termsDue, format: "pdf" }), undefined)
        assert.deepStrictEqual(yield* change(admin, "ana"), [["ana", null]])
        assert.deepStrictEqual(yield* change(admin, "carl", "olga"), ended)
      }
      // A change by this person without the own id starts nothing.
      assert.deepStrictEqual(yield* change(owner, "carl"), [["carl", null]])
      assert.deepStrictEqual(yield* change(admin, "carl", "olga"), ended)
      const [found] = yield* repo.due(organizationId, due)
      if (found === undefined) return assert.fail("nothing is due")
      yield* repo.makeDeliveries(found, { dueAt: due, nextAt: next, settled: undefined })
      assert.strictEqual((yield* claimedBy(repo, organizationId)).userId, "carl")
      assert.isUndefined(yield* repo.claim(organizationId, due))
      yield* change(admin, "carl")
      const started = [["carl", null], ["olga", null]]
      assert.deepStrictEqual(yield* change(owner, "carl", "olga"), started)
      yield* change(admin, "carl")
      assert.deepStrictEqual(yield* change(admin, "carl", "olga"), started)
    })
  ],
  [
    "a person who was removed ends the mails by the link in an old mail, before others add this person again",
    Effect.gen(function*() {
      const { admin, id, owner, repo, reportId } = yield* subscribed(["carl", "olga"])
      const { organizationId } = owner
      const end = (second: number) =>
        repo.end({ organizationId, subscriptionId: id, userId: owner.userId }, later(second))
      yield* repo.update(admin, id, () => termsDue, ids("carl"))
      assert.strictEqual(yield* end(1), reportId)
      assert.isUndefined(yield* end(2))
      assert.deepStrictEqual((yield* repo.find(admin, id)).to.map(({ userId }) => String(userId)), ["carl"])
      const { to } = yield* repo.update(admin, id, () => termsDue, ids("olga", "carl"))
      assert.deepStrictEqual(to.map(({ endedAt }) => endedAt), [null, later(1)])
      assert.isUndefined(yield* end(3))
    })
  ]
]
