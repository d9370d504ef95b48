import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { alerting, newLeads } from "../../support/alertScene.ts"
import { changingScene, namesOf, passes } from "../../support/changingScene.ts"
import { outcomesOf } from "../../support/deliveries.ts"
import { ana, minute, seven } from "../../support/deliveryScene.ts"

const above2 = { instanceId: "new", of: "value", above: 2 } as const
const { organizationId } = ana

const timeAt = (minutes: number) => DateTime.makeUnsafe(seven(11) + minutes * minute)

/** Another process holds a delivery of the only alert, and has read its numbers. */
const claimedAt = Effect.fnUntraced(function*(minutes: number) {
  const repo = yield* SubscriptionRepo
  const at = timeAt(minutes)
  const [alert] = yield* repo.alerts(organizationId, at)
  if (alert === undefined) return assert.fail("no alert")
  yield* repo.deliver(alert, at)
  const claimed = (yield* repo.claim(organizationId, at)) ?? assert.fail("nothing waits")
  const state = Effect.map(repo.ordered(alert), (order) => order?.recipient?.alert ?? assert.fail("no state"))
  return { repo, claimed, state }
})

describe("a change while a delivery of an alert is judged", () => {
  it.live("is judged after it, so that a crossing is not lost", () =>
    changingScene((server, { change }) =>
      Effect.gen(function*() {
        const subscription = yield* alerting(ana, ["ana"], above2)
        yield* passes(1)
        const { claimed, repo } = yield* claimedAt(1.5)
        change(newLeads("ana", 3))
        yield* passes(2)
        assert.deepStrictEqual(namesOf(server), [])
        yield* repo.settle(claimed, timeAt(2), { state: "skipped", reason: "not_crossed" })
        yield* passes(3)
        assert.deepStrictEqual(namesOf(server), ["ana"])
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["sent", null] })
      })
    ))

  it.live("is judged after it, so that a return is not lost and one crossing sends one mail", () =>
    changingScene((server, { change }) =>
      Effect.gen(function*() {
        const subscription = yield* alerting(ana, ["ana"], above2)
        for (const [minutes, count] of [[1, 3], [2, 1]] as const) {
          change(newLeads("ana", count))
          yield* passes(minutes)
        }
        const { claimed, repo, state } = yield* claimedAt(729.5)
        const before = yield* state
        assert.isFalse(before.isBeyond)
        change(newLeads("ana", 2))
        yield* passes(730)
        const judged = { ...before, isBeyond: true, mailedAt: timeAt(730) }
        yield* repo.settle(claimed, timeAt(730), { state: "sent", reason: null, judged })
        yield* passes(731)
        assert.deepStrictEqual(yield* state, { ...judged, isBeyond: false })
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["skipped", "not_crossed"] })
        assert.deepStrictEqual(namesOf(server), ["ana"])
      })
    ))

  it.live("makes one delivery, which is judged once, however many changes there are", () =>
    changingScene((server, { change, rows }) =>
      Effect.gen(function*() {
        yield* alerting(ana, ["ana"], above2)
        yield* passes(1)
        const { claimed, repo } = yield* claimedAt(1.5)
        for (const minutes of [2, 3, 4]) {
          change(newLeads("ana", minutes))
          yield* repo.renew(claimed, timeAt(minutes))
          yield* passes(minutes)
        }
        assert.strictEqual(rows.counted, 1)
        const judged = { basis: "b", isBeyond: true, mailedAt: timeAt(4) }
        yield* repo.settle(claimed, timeAt(4), { state: "sent", reason: null, judged })
        yield* passes(5)
        assert.deepStrictEqual(namesOf(server), ["ana"])
        assert.deepStrictEqual(yield* repo.organizationsWaiting(timeAt(60)), [])
      })
    ))
})
