import { afterEach, assert, beforeEach, describe, it } from "@effect/vitest"
import { deal, euros, member } from "../../src/testing/rows.ts"
import { ana, both, everyone, faultOf, openSales, own, runWidget, sales, setTarget } from "../support/targets.ts"
import type { WebApp } from "../support/WebApp.ts"

let app: WebApp
beforeEach(() => {
  app = openSales()
})
afterEach(() => app.close())

describe("the target of a number", () => {
  it("a target has what is due after the days that have begun, the projection, and what remains", async () => {
    await setTarget(app, { for: "ana", values: { "2026-10": 6_200 } })
    const { target } = await runWidget(app, ana, {}, own)
    const { points: _points, ...figures } = target ?? {}
    assert.deepStrictEqual(figures, {
      value: 6_200,
      people: 1,
      missing: 0,
      attainedPct: 56.5,
      expectedByNow: 2_000,
      projected: 10_850,
      remaining: 2_700,
      additive: true
    })
  })

  it("a timeseries has what is due at the end of each bucket, also after now", async () => {
    await setTarget(app, { for: "ana", values: { "2026-10": 3_100 } })
    const { series, target } = await runWidget(app, ana, {}, own)
    assert.deepStrictEqual(target?.["points"], [
      { bucket: "2026-09-28", value: 400 },
      { bucket: "2026-10-05", value: 1_100 },
      { bucket: "2026-10-12", value: 1_800 },
      { bucket: "2026-10-19", value: 2_500 },
      { bucket: "2026-10-26", value: 3_100 }
    ])
    assert.lengthOf(series?.points ?? [], 2)
  })

  it("a widget without `target: true` has no target", async () => {
    await setTarget(app, { for: "ana", values: { "2026-10": 3_100 } })
    assert.isUndefined((await runWidget(app, ana, { target: false }, own)).target)
  })

  it("the number itself is the same with and without a target", async () => {
    await setTarget(app, { for: "ana", values: { "2026-10": 3_100 } })
    const [one, other] = [await runWidget(app, ana, {}, own), await runWidget(app, ana, { target: false }, own)]
    assert.deepStrictEqual(one.series?.points, other.series?.points)
  })

  it("a person without a target is missing, and a person who left is not", async () => {
    await setTarget(app, { for: "ana", values: { "2026-10": 1_000 } })
    const { target } = await runWidget(app, ana, {}, { assigneeIds: ["ana", "bo", "cy", "ed"] })
    assert.deepInclude(target, { value: 1_000, people: 1, missing: 2 })
    const alone = await runWidget(app, ana, {}, { assigneeIds: ["ed"] })
    assert.deepInclude(alone.target, { value: null, people: 0, missing: 1, attainedPct: null, remaining: null })
  })

  it("targets of several people are added, and are not additive if rows are shared", async () => {
    await setTarget(app, { for: "ana", values: { "2026-10": 1_000 } })
    await setTarget(app, { for: "bo", values: { "2026-10": 500.5 } })
    const { target } = await runWidget(app, ana, {}, both)
    assert.deepInclude(target, { value: 1_500.5, people: 2, missing: 0, additive: false })
  })

  it("everyone has the target of the organization, or else the sum of people", async () => {
    await setTarget(app, { for: "ana", values: { "2026-10": 1_000 } })
    assert.deepInclude((await runWidget(app, ana, {}, everyone)).target, { value: 1_000, people: 1, missing: 2 })
    await setTarget(app, { for: "organization", values: { "2026-10": 9_000 } })
    const { target } = await runWidget(app, ana, {}, everyone)
    assert.deepInclude(target, { value: 9_000, people: 0, missing: 0, additive: true, attainedPct: 50 })
    assert.deepInclude((await runWidget(app, ana, {}, both)).target, { value: 1_000, people: 1 })
  })

  it("the coarsest period with all values applies", async () => {
    await setTarget(app, { for: "ana", values: { "2026-10": 1, "2026-11": 2, "2026-12": 4 } })
    const quarter = { timeframe: { preset: "this_quarter", bucket: "month" } }
    assert.deepInclude((await runWidget(app, ana, quarter, own)).target, { value: 7 })
    await setTarget(app, { for: "ana", period: "quarter", values: { "2026-Q4": 70 } })
    assert.deepInclude((await runWidget(app, ana, quarter, own)).target, { value: 70 })
    assert.deepInclude((await runWidget(app, ana, {}, own)).target, { value: 1 })
    const year = { timeframe: { preset: "this_year", bucket: "month" } }
    assert.deepInclude((await runWidget(app, ana, year, own)).target, { value: null, people: 0, missing: 1 })
  })

  it("a change in the middle of a period applies to the whole period", async () => {
    const id = await setTarget(app, { for: "ana", values: { "2026-10": 3_100 } })
    await app.call(ana, `PATCH /crm-reports/targets/${id}`, { values: { "2026-10": 6_200 } })
    assert.deepInclude((await runWidget(app, ana, {}, own)).target, { value: 6_200, expectedByNow: 2_000 })
  })

  it("a target belongs to its filters", async () => {
    const widget = { metricId: "leads.total", chart: "stat", filters: { source: ["web", "ad"] } }
    await setTarget(app, {
      metricId: "leads.total",
      for: "ana",
      values: { "2026-10": 8 },
      filters: { source: ["ad", "web"] }
    })
    assert.deepInclude((await runWidget(app, ana, widget, own)).target, { value: 8, attainedPct: 12.5 })
    assert.deepInclude((await runWidget(app, ana, { ...widget, filters: {} }, own)).target, { value: null })
  })

  it("a target in another currency is incomparable, and the number is unharmed", async () => {
    await setTarget(app, { for: "ana", values: { "2026-10": 1 }, currency: "CHF" })
    const { series, target } = await runWidget(app, ana, {}, own)
    assert.strictEqual(faultOf(target), "incomparable")
    assert.deepInclude(series?.points[1], { value: 2_500 })
  })

  it.each<[string, object]>([
    ["unsupported", { groupBy: "assignee" }],
    ["unsupported", { metricId: "deals.pipeline_value", chart: "stat" }],
    ["unsupported", { metricId: "leads.by_source" }],
    ["no_whole_period", { timeframe: { preset: "last_7d", bucket: "day" } }],
    ["no_whole_period", { timeframe: { preset: "all_time", bucket: "month" } }]
  ])("the fault %s of %j does not change the series", async (code, widget) => {
    await setTarget(app, { for: "ana", values: { "2026-10": 1_000 } })
    const { series, target } = await runWidget(app, ana, widget, own)
    assert.strictEqual(faultOf(target), code)
    const plain = await runWidget(app, ana, { ...widget, target: false }, own)
    assert.deepStrictEqual(series?.points, plain.series?.points)
  })

  it("each person of a ranking has the own target", async () => {
    const ranking = { metricId: "team.won_value_by_agent", chart: "leaderboard" }
    await setTarget(app, { metricId: ranking.metricId, for: "ana", values: { "2026-10": 7_000 } })
    await setTarget(app, { metricId: ranking.metricId, for: "organization", values: { "2026-10": 99 } })
    const { series, target } = await runWidget(app, ana, ranking, everyone)
    assert.isUndefined(target)
    const [first, second] = series?.points ?? []
    assert.deepInclude(first, { category: "ana", value: 3_500, target: 7_000, attainedPct: 50 })
    assert.deepInclude(second, { category: "bo", value: 1_500, target: null, attainedPct: null })
  })

  it("a person with the id `organization` does not have the target of the organization in a ranking", async () => {
    await app.close()
    const impostor = { ...member("organization", "Org"), organizationId: "org" }
    const deals = sales.deals.map((one) => one.ownerId === "bo" ? { ...one, ownerId: impostor.userId } : one)
    app = openSales(undefined, { ...sales, members: [...sales.members, impostor], deals })
    const ranking = { metricId: "team.won_value_by_agent", chart: "leaderboard" }
    await setTarget(app, { metricId: ranking.metricId, for: "organization", values: { "2026-10": 99 } })
    const { series } = await runWidget(app, ana, ranking, everyone)
    const found = series?.points.find(({ category }) => category === impostor.userId)
    assert.deepInclude(found, { value: 1_000, target: null, attainedPct: null })
  })

  it("at the end of a month the whole target is due, and the projection is the value", async () => {
    await app.close()
    app = openSales(new Date("2026-11-05T12:00:00Z"))
    await setTarget(app, { for: "ana", values: { "2026-10": 7_000 } })
    const month = { timeframe: { preset: "last_month", bucket: "month" } }
    assert.deepInclude((await runWidget(app, ana, month, own)).target, { expectedByNow: 7_000, projected: 3_500 })
  })

  it("a leap month has 29 days", async () => {
    await app.close()
    const won = deal("leap", "2024-01-01", {
      status: "won",
      closedAt: Date.parse("2024-02-05T10:00:00Z"),
      price: euros(100)
    })
    app = openSales(new Date("2024-02-29T22:59:00Z"), { ...sales, deals: [won] })
    await setTarget(app, { for: "ana", values: { "2024-02": 290 } })
    assert.deepInclude((await runWidget(app, ana, {}, own)).target, { expectedByNow: 290, projected: 100 })
    await app.close()
    app = openSales(new Date("2024-02-28T22:59:00Z"), { ...sales, deals: [won] })
    await setTarget(app, { for: "ana", values: { "2024-02": 290 } })
    assert.deepInclude((await runWidget(app, ana, {}, own)).target, { expectedByNow: 280 })
  })
})
