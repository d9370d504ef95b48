import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import type { CreateSubscription } from "../../../src/domain/Subscription.ts"
import { Subscriptions } from "../../../src/services/deliveries/Subscriptions.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { alerting, alertScene, deliverDays, layout, newestMail, newLeads } from "../../support/alertScene.ts"
import { deliverAt } from "../../support/deliveries.ts"
import { ana, minute, set, seven } from "../../support/deliveryScene.ts"

const above2 = { instanceId: "new", of: "value", above: 2 } as const
const hour = 60 * minute

describe("an alert", () => {
  it.live("is paused with its reason when the widget is removed, and goes on after a change to another widget", () =>
    alertScene({ leads: newLeads("ana", 5, 5, 5, 5, 5) }, (server) =>
      Effect.gen(function*() {
        const { id, reportId } = yield* alerting(ana, ["ana"], above2)
        const reports = yield* ReportRepo
        const { update } = yield* Subscriptions
        const found = Effect.map((yield* SubscriptionRepo).find(ana, id), ({ pauseReason, paused, to }) => [
          paused,
          pauseReason,
          to[0]?.last?.reason
        ])
        yield* reports.update(ana, reportId, { layout: { widgets: layout.widgets.slice(1) } }, undefined)
        assert.deepStrictEqual(yield* deliverDays(server, 2), ["", ""])
        assert.deepStrictEqual(yield* found, [true, "widget_removed", "widget_removed"])
        const refusal = (request: object) =>
          Effect.map(Effect.flip(update(ana, id, request)), (error) => error._tag === "InvalidRequest" && error.message)
        assert.strictEqual(
          yield* refusal({ paused: false }),
          "when.instanceId: is no widget of the report whose metric is in the catalog"
        )
        yield* reports.update(ana, reportId, { layout }, undefined)
        yield* update(ana, id, { when: above2 }).pipe(fixedClock(seven(13) - hour))
        assert.deepStrictEqual(yield* found, [false, null, "widget_removed"])
        assert.deepStrictEqual(yield* deliverDays(server, 2, 2), ["ana", ""])
      })))

  it.live("is paused when the timeframe of its widget no longer has a window before it", () =>
    alertScene({ leads: newLeads("ana", 5, 5) }, (server) =>
      Effect.gen(function*() {
        const { id, reportId } = yield* alerting(ana, ["ana"], { instanceId: "new", of: "deltaPct", above: 10 })
        const found = Effect.map((yield* SubscriptionRepo).find(ana, id), ({ pauseReason, paused }) => [
          paused,
          pauseReason
        ])
        assert.deepStrictEqual(yield* deliverDays(server, 1), [""])
        assert.deepStrictEqual(yield* found, [false, null])
        const widgets = layout.widgets.map((one) => ({ ...one, timeframe: { preset: "all_time" } }))
        yield* (yield* ReportRepo).update(ana, reportId, { layout: { widgets } }, undefined)
        assert.deepStrictEqual(yield* deliverDays(server, 1, 1), [""])
        assert.deepStrictEqual(yield* found, [true, "widget_removed"])
      })))

  it.live("tells in a test whether it would be sent now, and a test changes nothing", () =>
    alertScene({ leads: newLeads("ana", 5, 5, 1, 5) }, (server) =>
      Effect.gen(function*() {
        const subscription = yield* alerting(ana, ["ana"], above2)
        const repo = yield* SubscriptionRepo
        const reports = yield* ReportRepo
        const test = Effect.fnUntraced(function*(day: number) {
          const now = seven(day) - minute
          yield* repo.test(ana, subscription.id, DateTime.makeUnsafe(now))
          yield* deliverAt(now)
          const mail = yield* newestMail(server)
          assert.strictEqual(mail?.subject, "Test: Sales & more")
          return mail?.line
        })
        const beyond = "Total new leads: 5, above 2"
        assert.strictEqual(yield* test(11), `This alert would be sent now. ${beyond}`)
        assert.deepStrictEqual(yield* deliverDays(server, 1), ["ana"])
        assert.strictEqual(
          yield* test(12),
          `This alert would not be sent now, because the figure was beyond the threshold before. ${beyond}`
        )
        assert.deepStrictEqual(yield* deliverDays(server, 1, 1), [""])
        assert.strictEqual(yield* test(13), "This alert would not be sent now. Total new leads: 1, not above 2")
        assert.deepStrictEqual(yield* deliverDays(server, 2, 2), ["", "ana"])
        yield* reports.update(ana, subscription.reportId, { layout: { widgets: layout.widgets.slice(1) } }, undefined)
        assert.match(String(yield* test(15)), /^This alert is not sent, because the report no longer has its widget/)
        assert.isFalse((yield* repo.find(ana, subscription.id)).paused)
      })))

  const refusals: ReadonlyArray<readonly [issue: string, when: NonNullable<CreateSubscription["when"]>]> = [
    ["when.instanceId: is no widget", { instanceId: "none", of: "value", above: 1 }],
    ["when.of: needs a widget that shows one number", { instanceId: "by", of: "value", above: 1 }],
    ["when.of: needs a widget that shows one number over a timeframe", {
      instanceId: "pipeline",
      of: "deltaPct",
      above: 1
    }],
    ["when.of: needs a timeframe with a window before it", { instanceId: "ever", of: "deltaPct", above: 1 }],
    ["when.of: needs a number or an ungrouped timeseries with `target: true`", {
      instanceId: "new",
      of: "pace",
      below: 9
    }],
    ["when.of: needs a timeframe of whole months", { instanceId: "days", of: "pace", below: 90 }],
    ["when.above: must be a whole number", { instanceId: "new", of: "value", above: 1.5 }],
    ["when.below: must have at most 1 decimals", { instanceId: "new", of: "deltaPct", below: 1.55 }],
    ["when.currency: must be absent", { instanceId: "new", of: "value", above: 1, currency: "EUR" }]
  ]
  it.live.each(refusals)(
    "is refused with the reason %j",
    ([issue, when]) =>
      alertScene({}, () =>
        Effect.gen(function*() {
          const place = { x: 0, y: 0, w: 1, h: 1 }
          const widgets = [
            ...layout.widgets,
            { ...place, instanceId: "by", metricId: "leads.by_source", chart: "bar" },
            { ...place, instanceId: "pipeline", metricId: "deals.pipeline_value", chart: "stat" },
            { ...place, instanceId: "ever", metricId: "leads.total", chart: "stat", timeframe: { preset: "all_time" } },
            {
              ...place,
              instanceId: "days",
              metricId: "leads.total",
              chart: "stat",
              target: true,
              timeframe: { preset: "last_30d" }
            }
          ]
          const report = yield* (yield* ReportRepo).create(ana, { title: "Saved", layout: { widgets } })
          const request = {
            every: "day",
            at: "07:00",
            to: [ana.userId],
            channel: "email",
            format: "link",
            when
          } as const
          const { create } = yield* Subscriptions
          const outcome = yield* create(ana, report.id, request).pipe(
            fixedClock(set),
            Effect.match({ onFailure: ({ message }) => message, onSuccess: () => "made" })
          )
          assert.include(outcome, issue)
        }))
  )

  it.live("cannot be made of a subscription that is none", () =>
    alertScene({}, () =>
      Effect.gen(function*() {
        const { id } = yield* alerting(ana, ["ana"], undefined)
        const refused = yield* Effect.flip((yield* Subscriptions).update(ana, id, { when: above2 }))
        assert.strictEqual(refused.message, "when: is only for a subscription that was made with it")
      })))
})
