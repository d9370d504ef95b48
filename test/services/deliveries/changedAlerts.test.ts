import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer } from "effect"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import { Subscriptions } from "../../../src/services/deliveries/Subscriptions.ts"
import { ApiKeys } from "../../../src/services/keys/ApiKeys.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { alerting, newLeads } from "../../support/alertScene.ts"
import { changingScene, namesOf, otherProcess, passes } from "../../support/changingScene.ts"
import { outcomesOf, send } from "../../support/deliveries.ts"
import { ana, minute, set, seven } from "../../support/deliveryScene.ts"

const above2 = { instanceId: "new", of: "value", above: 2 } as const
const hour = 60 * minute

describe("where there is a change log, an alert", () => {
  it.live("mails within a minute of the change by which its figure crosses, and only once while it stays", () =>
    changingScene((server, { change }) =>
      Effect.gen(function*() {
        const subscription = yield* alerting(ana, ["ana"], above2)
        yield* passes(1)
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: [undefined, undefined] })
        change(newLeads("ana", 3))
        yield* passes(2)
        assert.deepStrictEqual(namesOf(server), ["ana"])
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["sent", null] })
        change(newLeads("ana", 4))
        yield* passes(3)
        assert.deepStrictEqual(namesOf(server), ["ana"])
        // No delivery was stored for the second change.
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["sent", null] })
      })
    ))

  it.live("mails again after its figure came back, at the first change after 12 hours", () =>
    changingScene((server, { change }) =>
      Effect.gen(function*() {
        const subscription = yield* alerting(ana, ["ana"], above2)
        change(newLeads("ana", 3))
        yield* passes(1)
        change(newLeads("ana", 1))
        yield* passes(2)
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["skipped", "not_crossed"] })
        for (const minutes of [3, 700]) {
          change(newLeads("ana", minutes))
          yield* passes(minutes)
        }
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["skipped", "not_crossed"] })
        assert.deepStrictEqual(namesOf(server), ["ana"])
        change(newLeads("ana", 5))
        yield* passes(730)
        assert.deepStrictEqual(namesOf(server), ["ana", "ana"])
      })
    ))

  it.live("is not judged without a change, nor if the change log may lack changes", () =>
    changingScene((server, { change, rows }) =>
      Effect.gen(function*() {
        yield* alerting(ana, ["ana"], above2)
        yield* passes(1)
        assert.strictEqual(rows.counted, 1)
        for (const minutes of [2, 3]) yield* passes(minutes)
        assert.deepStrictEqual([rows.counted, rows.looked], [1, 3])
        rows.isLogged = false
        change(newLeads("ana", 3))
        yield* passes(4)
        assert.strictEqual(rows.counted, 1)
        rows.isLogged = true
        yield* passes(5)
        assert.deepStrictEqual(namesOf(server), ["ana"])
      })
    ))

  it.live("is judged by the own rows of each recipient, and a member learns nothing from the rows of others", () =>
    changingScene((server, { change }) =>
      Effect.gen(function*() {
        const subscription = yield* alerting(ana, ["bo", "ed"], above2, { view: { everyone: true } })
        change(newLeads("ana", 9), newLeads("bo", 3), newLeads("ed", 2))
        yield* passes(1)
        assert.deepStrictEqual(namesOf(server), ["bo"])
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), {
          bo: ["sent", null],
          ed: [undefined, undefined]
        })
      })
    ))

  it.live("is not judged while it is paused, after its mails ended, or for a person who left", () =>
    changingScene((server, { change, rows }, roles) =>
      Effect.gen(function*() {
        const { id } = yield* alerting(ana, ["bo"], above2)
        const { update } = yield* Subscriptions
        const at = fixedClock(set)
        yield* at(update(ana, id, { paused: true }))
        change(newLeads("bo", 3))
        yield* passes(1)
        assert.deepStrictEqual([rows.counted, rows.looked], [0, 0])
        yield* at(update(ana, id, { paused: false }))
        roles.delete("bo")
        yield* passes(2)
        roles.set("bo", "member")
        const repo = yield* SubscriptionRepo
        const { organizationId } = ana
        const [alert] = yield* repo.alerts(organizationId, DateTime.makeUnsafe(set))
        yield* repo.end(alert ?? assert.fail("no alert"), DateTime.makeUnsafe(set))
        change(newLeads("bo", 4))
        yield* passes(3)
        assert.deepStrictEqual([rows.counted, server.mails.length], [0, 0])
      })
    ))

  it.live("of two processes, one judges it, and one mail is sent", () =>
    changingScene((server, { change, rows }) =>
      Effect.gen(function*() {
        yield* alerting(ana, ["ana"], above2)
        const judges = yield* Effect.map(
          Effect.all([otherProcess, otherProcess]),
          (all) => all.map(({ judge }) => judge)
        )
        const pass = (minutes: number) =>
          Effect.all(judges, { concurrency: "unbounded" }).pipe(
            Effect.andThen(send),
            fixedClock(seven(11) + minutes * minute)
          )
        yield* pass(1)
        assert.strictEqual(rows.counted, 1)
        change(newLeads("ana", 1))
        for (const minutes of [2, 3]) yield* pass(minutes)
        assert.strictEqual(rows.counted, 2)
        change(newLeads("ana", 3))
        yield* pass(4)
        assert.deepStrictEqual(namesOf(server), ["ana"])
        const before = rows.counted
        for (const minutes of [5, 6]) yield* pass(minutes)
        assert.deepStrictEqual([rows.counted, namesOf(server)], [before, ["ana"]])
      })
    ))

  it.live("is judged at most once a minute, however many changes and processes there are", () =>
    changingScene((_server, { change, rows }) =>
      Effect.gen(function*() {
        yield* alerting(ana, ["ana"], above2)
        const other = yield* otherProcess
        yield* passes(1)
        change(newLeads("ana", 1))
        yield* other.judge.pipe(fixedClock(seven(11) + minute + 1_000))
        assert.strictEqual(rows.counted, 1)
        yield* other.judge.pipe(fixedClock(seven(11) + 2 * minute))
        assert.strictEqual(rows.counted, 2)
      })
    ))

  it.live("is judged by another process if the one that took it ended", () =>
    changingScene((server, { change }) =>
      Effect.gen(function*() {
        yield* alerting(ana, ["ana"], above2)
        yield* passes(1)
        change(newLeads("ana", 3))
        const repo = yield* SubscriptionRepo
        const now = DateTime.makeUnsafe(seven(11) + 2 * minute)
        const [look] = yield* repo.alertLooks(now)
        yield* repo.takeAlerts(look ?? assert.fail("nothing is looked at"), now)
        yield* passes(2)
        assert.deepStrictEqual(namesOf(server), [])
        yield* passes(3)
        assert.deepStrictEqual(namesOf(server), ["ana"])
      })
    ))
})

it.live("while the role of a recipient is unknown, the judgement of a change waits in a delivery", () =>
  changingScene((server, { change }) =>
    Effect.gen(function*() {
      const subscription = yield* alerting(ana, ["ana"], above2)
      yield* passes(1)
      change(newLeads("ana", 3))
      const silent = Layer.mock(ApiKeys, { roleOf: () => Effect.fail(new Unavailable()) })
      const { judge } = yield* Effect.provide(otherProcess, silent)
      yield* judge.pipe(fixedClock(seven(11) + 2 * minute))
      assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["waiting", null] })
      assert.deepStrictEqual(namesOf(server), [])
      yield* passes(2 + hour / minute)
      assert.deepStrictEqual(namesOf(server), ["ana"])
      assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["sent", null] })
    })
  ))
