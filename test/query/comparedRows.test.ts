import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { MetricSeries } from "../../src/domain/Series.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { deal, euros, lead, member, noTables, task, time } from "../../src/testing/rows.ts"
import { counted } from "../support/counted.ts"
import { caller } from "../support/TestApp.ts"

const members = [member("ana", "Ana"), member("bo", "Bo")]
const everybody = { assigneeIds: ["ana", "bo"], comparePrevious: true }
/** The tests run on May 17, so the window before is from April 1 to April 17. */
const timeframe = { preset: "this_month", bucket: "month" }

const rowsOf = (series: MetricSeries) =>
  series.shape === "category" || series.shape === "leaderboard"
    ? series.points.map(({ category, deltaPct, previous, value }) => [category, value, previous, deltaPct])
    : []

const leads = (count: number, day: string, row: Partial<Tables["leads"][number]>) =>
  Array.from({ length: count }, (_, index) => lead(`${JSON.stringify(row)} ${day} ${index}`, day, row))

const crm: Tables = {
  ...noTables,
  members,
  leads: [
    ...leads(3, "2024-05-02", { source: "web" }),
    ...leads(1, "2024-05-03", { source: "portal", ownerId: "bo" }),
    ...leads(2, "2024-04-02", { source: "web", ownerId: "bo" }),
    ...leads(5, "2024-04-20", { source: "web" }),
    ...leads(1, "2024-04-03", { source: "gone", ownerId: null })
  ]
}

const lost = (id: string, closedAt: string, lostReason: string) =>
  deal(id, "2024-03-01", { status: "lost", closedAt: time(closedAt), lostReason })

const now: Tables = {
  ...crm,
  deals: [deal("1", "2024-05-01")],
  tasks: [task("1", "2024-05-02"), task("2", "2024-04-02")]
}

describe("the rows of a view that compares with the window before", () => {
  it.effect("a source has the number of the same elapsed time of the window before, and its relative change", () =>
    Effect.gen(function*() {
      const series = yield* counted(crm, { metricId: "leads.by_source", timeframe }, everybody)
      assert.deepStrictEqual(rowsOf(series), [["web", 3, 2, 50], ["portal", 1, 0, null]])
      assert.deepStrictEqual(series.meta.previousWindow, {
        from: "2024-04-01T00:00:00.000Z",
        to: "2024-04-17T09:30:00.001Z"
      })
    }))

  it.effect("a comparison changes nothing else of a series", () =>
    Effect.gen(function*() {
      const asked = { metricId: "leads.by_source", timeframe }
      const { meta, points } = yield* counted(crm, asked, everybody)
      const alone = yield* counted(crm, asked, { ...everybody, comparePrevious: false })
      const { previousWindow: _window, ...rest } = meta
      assert.deepStrictEqual(alone.meta, rest)
      const plain = points.map((point) => {
        const { deltaPct: _deltaPct, previous: _previous, ...own } = { deltaPct: null, previous: null, ...point }
        return own
      })
      assert.deepStrictEqual<unknown>(alone.points, plain)
    }))

  it.effect("a person is compared with the same person, also without rows in one of the windows", () =>
    Effect.gen(function*() {
      const series = yield* counted(crm, { metricId: "team.leads_by_agent", timeframe }, everybody)
      assert.deepStrictEqual(rowsOf(series), [["ana", 3, 0, null], ["bo", 1, 2, -50]])
      const more = { ...crm, leads: [...crm.leads, ...leads(1, "2024-04-05", { source: "web" })] }
      const both = yield* counted(more, { metricId: "team.leads_by_agent", timeframe }, everybody)
      assert.deepStrictEqual(rowsOf(both), [["ana", 3, 1, 200], ["bo", 1, 2, -50]])
    }))

  it.effect("a part is compared with the same part", () =>
    Effect.gen(function*() {
      const won = (id: string, closedAt: string, amount: number) =>
        deal(id, "2024-03-01", { status: "won", closedAt: time(closedAt), commissionAmount: euros(amount) })
      const series = yield* counted(
        { ...noTables, members, deals: [won("1", "2024-05-02", 30), won("2", "2024-04-02", 20)] },
        { metricId: "deals.commission_breakdown", timeframe },
        everybody
      )
      assert.deepStrictEqual(rowsOf(series)[0], ["total_commission", 30, 20, 50])
    }))

  it.effect("~other counts all reasons of the window before that have no row of their own", () =>
    Effect.gen(function*() {
      const reasons = Array.from({ length: 12 }, (_, index) => `reason ${String.fromCodePoint(97 + index)}`)
      const deals = [
        ...reasons.flatMap((reason, at) =>
          Array.from({ length: 13 - at }, (_, index) => lost(`${reason} ${index}`, "2024-05-02", reason))
        ),
        ...["reason a", "reason l", "gone", "gone"].map((reason, at) => lost(`before ${at}`, "2024-04-02", reason))
      ]
      const series = yield* counted(
        { ...noTables, members, deals },
        { metricId: "deals.lost_reasons", timeframe },
        everybody
      )
      const rows = rowsOf(series)
      assert.deepStrictEqual(rows[0], ["reason a", 13, 1, 1_200])
      assert.deepStrictEqual(rows.at(-1), ["~other", 5, 3, 66.7])
    }))

  it.effect("amounts of the window before are in the currency of the window", () =>
    Effect.gen(function*() {
      const won = (id: string, closedAt: string, currency: string, price: number) =>
        deal(id, "2024-03-01", { status: "won", closedAt: time(closedAt), currency, price: euros(price) })
      const deals = [
        won("1", "2024-05-02", "USD", 10),
        won("2", "2024-04-02", "USD", 7),
        won("3", "2024-04-03", "EUR", 5),
        won("4", "2024-04-03", "EUR", 5)
      ]
      const asked = { metricId: "team.won_value_by_agent", timeframe }
      const series = yield* counted({ ...noTables, members, deals }, asked, everybody)
      assert.deepStrictEqual(rowsOf(series), [["ana", 10, 7, 42.9], ["bo", 0, 0, null]])
    }))

  it.effect("a member's previous numbers count only the member's own rows when assigneeIds names other people", () =>
    Effect.gen(function*() {
      const asMember = { ...everybody, caller: caller("member", "ana") }
      const series = yield* counted(crm, { metricId: "leads.by_source", timeframe }, asMember)
      assert.deepStrictEqual(rowsOf(series), [["web", 3, 0, null]])
    }))

  it.effect.each([
    { metricId: "leads.by_source", timeframe: { preset: "all_time", bucket: "month" } },
    { metricId: "deals.by_stage", timeframe },
    { metricId: "leads.by_status", timeframe },
    { metricId: "leads.funnel", timeframe },
    { metricId: "tasks.by_status", timeframe }
  ])(
    "without a window that had as long, as for $metricId in $timeframe.preset, rows have no previous number",
    (asked) =>
      Effect.gen(function*() {
        const series = yield* counted(now, asked, everybody)
        assert.isNotEmpty(series.points)
        assert.isTrue(series.points.every((point) => !("previous" in point) && !("deltaPct" in point)))
        assert.isUndefined(series.meta.previousWindow)
      })
  )
})
