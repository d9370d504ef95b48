import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { UserId } from "../../../src/domain/Ids.ts"
import { Subscriptions } from "../../../src/services/deliveries/Subscriptions.ts"
import { Goals } from "../../../src/services/goals/Goals.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { alerting, alertScene, closed, deliverDays, layout, newestMail, newLeads } from "../../support/alertScene.ts"
import { deliverAt, outcomesOf, subscribed } from "../../support/deliveries.ts"
import { ana, bo, minute, set, seven } from "../../support/deliveryScene.ts"

const above2 = { instanceId: "new", of: "value", above: 2 } as const
const everyone = { view: { everyone: true } }
const hour = 60 * minute
const month = { chart: "stat", timeframe: { preset: "this_month" }, x: 0, y: 0, w: 6, h: 4 }

describe("an alert", () => {
  it.live("mails once when its figure crosses the threshold, and again only after it came back", () =>
    alertScene({ leads: newLeads("ana", 1, 3, 4, 3, 2, 3, 0, 5) }, (server) =>
      Effect.gen(function*() {
        const subscription = yield* alerting(ana, ["ana"], above2)
        assert.deepStrictEqual(yield* deliverDays(server, 2), ["", "ana"])
        const line = "Total new leads: 3, above 2"
        assert.deepStrictEqual(yield* newestMail(server), { subject: `${line} · Sales & more`, line })
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["sent", null] })
        assert.deepStrictEqual(yield* deliverDays(server, 6, 2), ["", "", "", "ana", "", "ana"])
        assert.strictEqual((yield* newestMail(server))?.line, "Total new leads: 5, above 2")
      })))

  it.live("mails at the first judgement if its figure is beyond the threshold, and says by which side", () =>
    alertScene({ leads: newLeads("ana", 1, 1, 9, 1) }, (server) =>
      Effect.gen(function*() {
        yield* alerting(ana, ["ana"], { instanceId: "new", of: "value", below: 2 })
        assert.deepStrictEqual(yield* deliverDays(server, 4), ["ana", "", "", "ana"])
        assert.strictEqual((yield* newestMail(server))?.line, "Total new leads: 1, below 2")
      })))

  it.live("rests for 12 hours after a mail, and then mails if its figure is still beyond the threshold", () => {
    const tokyo = { preset: "today", timeZone: "Asia/Tokyo" }
    const leads = [
      ...newLeads("ana", 3, 0),
      ...newLeads("bo", 0).concat(
        newLeads("ana", 3).map((row, at) => ({
          ...row,
          leadId: `late ${at}`,
          createdAt: Date.parse("2026-10-11T15:30:00Z")
        }))
      )
    ]
    return alertScene({ leads }, (server) =>
      Effect.gen(function*() {
        const { id, reportId } = yield* alerting(ana, ["ana"], above2)
        const reports = yield* ReportRepo
        const widgets = layout.widgets.map((one) => ({ ...one, timeframe: tokyo }))
        yield* reports.update(ana, reportId, { layout: { widgets } }, undefined)
        const { update } = yield* Subscriptions
        const at = (time: string, hours: number) =>
          update(ana, id, { at: time }).pipe(
            fixedClock(seven(11) + (hours - 1) * hour),
            Effect.andThen(deliverAt(seven(11) + hours * hour)),
            Effect.andThen(outcomesOf(ana, { id })),
            Effect.map(({ ana }) => ana)
          )
        assert.deepStrictEqual(yield* deliverDays(server, 1), ["ana"])
        assert.deepStrictEqual(yield* at("17:10", 10.25), ["skipped", "not_crossed"])
        assert.deepStrictEqual(yield* at("18:45", 11.8), ["skipped", "alert_rests"])
        assert.deepStrictEqual(yield* at("19:10", 12.25), ["sent", null])
        assert.strictEqual(server.mails.length, 2)
      }))
  })

  it.live("takes a missing number neither for a crossing nor for a return", () =>
    alertScene(
      { deals: closed("ana", { status: "won" }, {}, { status: "won" }, { status: "lost" }, {}, { status: "won" }) },
      (server) =>
        Effect.gen(function*() {
          const subscription = yield* alerting(ana, ["ana"], { instanceId: "rate", of: "value", above: 50 })
          assert.deepStrictEqual(yield* deliverDays(server, 2), ["ana", ""])
          assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["skipped", "no_figure"] })
          assert.deepStrictEqual(yield* deliverDays(server, 4, 2), ["", "", "", "ana"])
          assert.strictEqual((yield* newestMail(server))?.line, "Win rate: 100%, above 50%")
        })
    ))

  it.live("does not compare an amount in another currency", () =>
    alertScene(
      {
        deals: closed(
          "ana",
          { status: "won", price: 900, currency: "USD" },
          { status: "won", price: 500 },
          { status: "won", price: 5, currency: "USD" },
          { status: "won", price: 600 },
          { status: "won", price: 50 },
          { status: "won", price: 100.01 }
        )
      },
      (server) =>
        Effect.gen(function*() {
          const { when } = yield* alerting(ana, ["ana"], { instanceId: "value", of: "value", above: 100 })
          assert.strictEqual(when?.currency, "EUR")
          assert.deepStrictEqual(yield* deliverDays(server, 6), ["", "ana", "", "", "", "ana"])
          assert.strictEqual((yield* newestMail(server))?.line, "Average won deal: €100.01, above €100")
        })
    ))

  it.live("compares the change since the window before, if there is one", () =>
    alertScene({ leads: newLeads("ana", 2, 2, 5, 4, 8) }, (server) =>
      Effect.gen(function*() {
        const subscription = yield* alerting(ana, ["ana"], { instanceId: "new", of: "deltaPct", above: 60 })
        assert.deepStrictEqual(yield* deliverDays(server, 1), [""])
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["skipped", "no_figure"] })
        assert.deepStrictEqual(yield* deliverDays(server, 2, 1), ["", "ana"])
        assert.strictEqual((yield* newestMail(server))?.line, "Total new leads: change +150%, above +60%")
        assert.deepStrictEqual(yield* deliverDays(server, 2, 3), ["", "ana"])
      })))

  it.live("compares the pace towards the target of each recipient", () =>
    alertScene(
      { leads: [...newLeads("ana", 3, 0, 0, 20, 0), ...newLeads("bo", 31, 0, 0, 0, 0)] },
      (server) =>
        Effect.gen(function*() {
          const { createTarget } = yield* Goals
          const target = { metricId: "leads.total", period: "month", filters: {}, currency: null } as const
          for (const owner of ["ana", "bo"]) {
            yield* createTarget(ana, { ...target, for: UserId.make(owner), values: { "2026-10": 31 } })
          }
          const widgets = [{ ...month, instanceId: "paced", metricId: "leads.total", target: true }]
          const when = { instanceId: "paced", of: "pace", above: 100 } as const
          yield* subscribed(ana, ["ana", "bo"], { widgets }, set, { format: "link", when })
          assert.deepStrictEqual(yield* deliverDays(server, 5), ["bo", "", "", "ana", ""])
          // 23 of 31 leads on the 14th of 31 days.
          assert.strictEqual((yield* newestMail(server))?.line, "Total new leads: pace 164.3%, above 100%")
        })
    ))

  it.live("judges each recipient by the own numbers, and a member never by the rows of others", () =>
    alertScene(
      { leads: [...newLeads("ana", 5, 0, 1, 9), ...newLeads("bo", 0, 3, 2, 3)] },
      (server) =>
        Effect.gen(function*() {
          const own = yield* alerting(ana, ["ana", "bo"], above2)
          assert.deepStrictEqual(yield* deliverDays(server, 4), ["ana", "bo", "", "ana bo"])
          assert.deepStrictEqual(yield* outcomesOf(ana, own), { ana: ["sent", null], bo: ["sent", null] })
        })
    ))

  it.live("counts everybody's rows for an admin only", () =>
    alertScene(
      { leads: [...newLeads("ana", 5, 2, 0, 9), ...newLeads("bo", 0, 1, 2, 0)] },
      (server) =>
        Effect.gen(function*() {
          yield* alerting(ana, ["ana", "bo"], above2, everyone)
          assert.deepStrictEqual(yield* deliverDays(server, 4), ["ana", "", "", "ana"])
        })
    ))

  it.live("begins anew when the role of a recipient changes, so that others' rows say nothing about the next mail", () =>
    alertScene(
      { leads: [...newLeads("ana", 3, 3, 3, 3), ...newLeads("bo", 4, 4, 4, 4)] },
      (server, roles) =>
        Effect.gen(function*() {
          yield* alerting(ana, ["ana"], { ...above2, above: 2 }, everyone)
          assert.deepStrictEqual(yield* deliverDays(server, 2), ["ana", ""])
          roles.set("ana", "member")
          assert.deepStrictEqual(yield* deliverDays(server, 2, 2), ["ana", ""])
          assert.strictEqual((yield* newestMail(server))?.line, "Total new leads: 3, above 2")
        })
    ))

  it.live("begins anew after a change of what is judged, and not after other changes", () =>
    alertScene({ leads: newLeads("ana", ...Array.from({ length: 12 }, () => 5)) }, (server) =>
      Effect.gen(function*() {
        const { id, reportId } = yield* alerting(ana, ["ana"], above2)
        const reports = yield* ReportRepo
        const { update } = yield* Subscriptions
        const widgets = (change: object) => ({ widgets: layout.widgets.map((one) => ({ ...one, ...change })) })
        const changes: ReadonlyArray<readonly [mailed: string, change: Effect.Effect<unknown, unknown>]> = [
          ["ana", Effect.void],
          ["", update(ana, id, { format: "csv", to: [ana.userId, bo.userId] })],
          ["ana", update(ana, id, { when: { ...above2, above: 3 } })],
          ["", update(ana, id, { when: { ...above2, above: 3 } })],
          ["ana", update(ana, id, { view: { filters: { source: ["~none"] } } })],
          ["", reports.update(ana, reportId, { title: "Other", layout: widgets({ title: "Own", w: 3 }) }, undefined)],
          ["ana", reports.update(ana, reportId, { layout: widgets({ filters: { status: "lead" } }) }, undefined)],
          ["ana bo", update(ana, id, { when: { instanceId: "new", of: "value", below: 6 } })],
          ["", Effect.void]
        ]
        for (const [index, [mailed, change]] of changes.entries()) {
          yield* fixedClock(seven(11 + index) - hour)(change)
          assert.deepStrictEqual(yield* deliverDays(server, 1, index), [mailed], `${index}`)
        }
      })))
})
