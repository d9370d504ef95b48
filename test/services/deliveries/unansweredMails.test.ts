import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Delivering } from "../../../src/services/deliveries/Delivering.ts"
import { Subscriptions } from "../../../src/services/deliveries/Subscriptions.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { alerting, alertScene, layout, newLeads } from "../../support/alertScene.ts"
import { deliverAt, outcomesOf } from "../../support/deliveries.ts"
import { ana, minute, seven } from "../../support/deliveryScene.ts"
import type { smtpServer } from "../../support/smtpServer.ts"

const above2 = { instanceId: "new", of: "value", above: 2 } as const
const hour = 60 * minute

/** The server reads a mail of an alert and does not answer. Later, the number is still beyond the threshold. */
const unanswered = <A, E, R>(
  act: (
    server: Effect.Success<ReturnType<typeof smtpServer>>,
    subscription: Effect.Success<ReturnType<typeof alerting>>
  ) => Effect.Effect<A, E, R>
) =>
  alertScene({ leads: newLeads("ana", 3, 3) }, (server) =>
    Effect.gen(function*() {
      server.behaviour.answer = () => "close"
      const subscription = yield* alerting(ana, ["ana"], above2)
      yield* deliverAt(seven(11))
      assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["waiting", "no_answer"] })
      server.behaviour.answer = () => "accept"
      return yield* act(server, subscription)
    }))

describe("a mail without an answer of the server", () => {
  it.live("is uncertain after a day, and the alert does not mail again", () =>
    unanswered((server, subscription) =>
      Effect.gen(function*() {
        const { findWaiting, sendOne } = yield* Delivering
        const aDayLater = fixedClock(seven(11) + 24 * hour + minute)
        yield* Effect.andThen(findWaiting, sendOne).pipe(aDayLater)
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["uncertain", "no_answer"] })
        yield* deliverAt(seven(12) + 2 * minute)
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["skipped", "not_crossed"] })
        assert.strictEqual(server.mails.length, 1)
      })
    ))

  it.live("does not count for the alert if the second attempt is refused", () =>
    unanswered((server, subscription) =>
      Effect.gen(function*() {
        server.behaviour.answer = () => 550
        yield* deliverAt(seven(11) + 5 * minute)
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["failed", "address_refused"] })
        server.behaviour.answer = () => "accept"
        yield* deliverAt(seven(12))
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["sent", null] })
      })
    ))

  it.live("counts for the alert if the subscription is paused before the second attempt", () =>
    unanswered((server, subscription) =>
      Effect.gen(function*() {
        const { update } = yield* Subscriptions
        yield* update(ana, subscription.id, { paused: true })
        yield* deliverAt(seven(11) + 5 * minute)
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["skipped", "paused"] })
        yield* update(ana, subscription.id, { paused: false }).pipe(fixedClock(seven(11) + hour))
        yield* deliverAt(seven(12))
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["skipped", "not_crossed"] })
        assert.strictEqual(server.mails.length, 1)
      })
    ))

  it.live("counts for the alert if the widget is removed before the second attempt, and comes back", () =>
    unanswered((server, { id, reportId }) =>
      Effect.gen(function*() {
        const { update } = yield* Subscriptions
        const reports = yield* ReportRepo
        const widgets = layout.widgets.filter(({ instanceId }) => instanceId !== above2.instanceId)
        yield* reports.update(ana, reportId, { layout: { widgets } }, undefined)
        yield* deliverAt(seven(11) + 5 * minute)
        assert.deepStrictEqual(yield* outcomesOf(ana, { id }), { ana: ["skipped", "widget_removed"] })
        yield* reports.update(ana, reportId, { layout }, undefined)
        yield* update(ana, id, { paused: false }).pipe(fixedClock(seven(11) + hour))
        yield* deliverAt(seven(12))
        assert.deepStrictEqual(yield* outcomesOf(ana, { id }), { ana: ["skipped", "not_crossed"] })
        assert.strictEqual(server.mails.length, 1)
      })
    ))
})
