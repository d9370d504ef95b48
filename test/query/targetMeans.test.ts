import { afterEach, assert, beforeEach, describe, it } from "@effect/vitest"
import { ana, both, everyone, faultOf, openSales, own, runWidget, setTarget } from "../support/targets.ts"
import type { WebApp } from "../support/WebApp.ts"

let app: WebApp
beforeEach(() => {
  app = openSales()
})
afterEach(() => app.close())

describe("the target of a percentage or an average", () => {
  it("the target of a percentage in the present period is expected whole, and is for one person or the organization", async () => {
    const rate = { metricId: "deals.win_rate", chart: "radial" }
    await setTarget(app, { metricId: rate.metricId, for: "ana", values: { "2026-10": 40.5 } })
    await setTarget(app, { metricId: rate.metricId, for: "bo", values: { "2026-10": 30 } })
    const { target } = await runWidget(app, ana, rate, own)
    assert.deepInclude(target, {
      value: 40.5,
      expectedByNow: 40.5,
      projected: null,
      remaining: -59.5,
      attainedPct: 246.9
    })
    assert.strictEqual(faultOf((await runWidget(app, ana, rate, both)).target), "not_additive")
    await setTarget(app, { metricId: rate.metricId, for: "organization", values: { "2026-10": 50 } })
    assert.deepInclude((await runWidget(app, ana, rate, everyone)).target, { value: 50 })
  })

  it("a target of a percentage over several periods is their mean, weighted by their days", async () => {
    const rate = { metricId: "deals.win_rate", chart: "radial", timeframe: { preset: "this_quarter", bucket: "month" } }
    const values = { "2026-10": 30, "2026-11": 40, "2026-12": 60 }
    await setTarget(app, { metricId: rate.metricId, for: "ana", values })
    // 30 × 31 + 40 × 30 + 60 × 31 = 3,990, in 92 days
    assert.deepInclude((await runWidget(app, ana, rate, own)).target, { value: 43.4, expectedByNow: 30 })
    const cohorts = { ...rate, metricId: "leads.conversion_by_cohort", chart: "line" }
    await setTarget(app, { metricId: cohorts.metricId, for: "ana", values })
    const { target } = await runWidget(app, ana, cohorts, own)
    assert.deepInclude(target, { value: 43.4 })
    assert.deepStrictEqual(target?.["points"], [
      { bucket: "2026-10-01", value: 30 },
      { bucket: "2026-11-01", value: 40 },
      { bucket: "2026-12-01", value: 60 }
    ])
    const weekly = { ...cohorts, timeframe: { preset: "this_quarter", bucket: "week" } }
    const points = (await runWidget(app, ana, weekly, own)).target?.["points"]
    // Six days of this week are in October, and one is in November.
    assert.deepInclude(points, { bucket: "2026-10-26", value: 31.4 })
    const ranking = { ...rate, metricId: "team.win_rate_by_agent", chart: "leaderboard" }
    await setTarget(app, { metricId: ranking.metricId, for: "ana", values })
    const { series } = await runWidget(app, ana, ranking, own)
    assert.deepInclude(series?.points[0], { category: "ana", target: 43.4 })
  })
})
