import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { metricsById } from "../../../src/metrics/all.ts"
import { counted } from "../../support/counted.ts"
import { office } from "../../support/office.ts"
import { caller as callerWith } from "../../support/TestApp.ts"

const caller = (role: "admin" | "member") => callerWith(role, "ana")

describe("admin-only metrics", () => {
  const adminOnly = [...metricsById].filter(([, metric]) => metric.adminOnly === true).map(([id]) => id)
  it("only the team and commission metrics are admin-only", () => {
    assert.deepStrictEqual(adminOnly, [
      "deals.commission_breakdown",
      "deals.commission_by_agent",
      ...[...metricsById.keys()].filter((id) => id.startsWith("team."))
    ])
  })
  it.effect.each(adminOnly)(
    "a member gets no numbers of %s, also when the chart and the timeframe are invalid",
    (metricId) =>
      Effect.gen(function*() {
        const wrong = { chart: "none", groupBy: "none", comparePrevious: true, timeframe: { preset: "none" } }
        for (const asked of [{ metricId }, { metricId, ...wrong }]) {
          const series = yield* counted(office, asked, { caller: caller("member"), assigneeIds: ["ana", "bo"] })
          assert.deepStrictEqual([series.series, series.points, series.stat, series.error], [[], [], null, undefined])
          assert.strictEqual(series.meta.gated, "admin_only")
          assert.strictEqual(series.shape, metricsById.get(metricId)?.shape)
        }
      })
  )
  it.effect("a metric id with a wrong capital letter gives unknown_metric", () =>
    Effect.gen(function*() {
      const series = yield* counted(office, { metricId: "Team.leads_by_agent" }, { caller: caller("member") })
      assert.deepStrictEqual([series.shape, series.error?.code], ["stat", "unknown_metric"])
    }))
  it.effect.each([["admin", "team.leads_by_agent"], ["member", "leads.by_status"]] as const)(
    "the error for an unknown metric id suggests the most similar metric that the %s may use",
    ([role, nearest]) =>
      Effect.gen(function*() {
        const series = yield* counted(office, { metricId: "team.leads_by_agents" }, { caller: caller(role) })
        assert.strictEqual(
          series.error?.message,
          `\`metricId\`: there is no metric "team.leads_by_agents". The nearest is ${nearest}.`
        )
      })
  )
})
