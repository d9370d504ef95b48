import { assert, layer } from "@effect/vitest"
import { client, type MetricSeries, ReportNotFound } from "crm-reports/api"
import { demoTables, signedInAs, testApp } from "crm-reports/testing"
import { Effect } from "effect"

const now = new Date("2026-05-17T09:30:00Z")
const ana = { organizationId: "org_demo", userId: "user_ana", role: "admin" } as const
const bea = { organizationId: "org_demo", userId: "user_bea" }

const thisYear = { preset: "this_year", bucket: "month" }
const leads = { instanceId: "leads", metricId: "leads.total", chart: "stat" }
const team = { instanceId: "team", metricId: "team.leads_by_agent", chart: "leaderboard" }

const valueOf = (series: MetricSeries | undefined) => series?.stat?.value ?? 0

layer(testApp({ tables: demoTables({ now }), now }))("a dashboard against the service in memory", (it) => {
  it.effect("the service in memory counts the rows of the people that an admin selects", () =>
    Effect.gen(function*() {
      const { metrics } = yield* client()
      const run = (assigneeIds: ReadonlyArray<string>) =>
        metrics.run({ payload: { widgets: [leads, team], timeframe: thisYear, assigneeIds } })
      const own = yield* run([])
      const both = yield* run(["user_ana", "user_bea"])
      assert.isAbove(valueOf(both.results[0]), valueOf(own.results[0]))
      assert.strictEqual(both.results[1]?.points.length, 2)
    }).pipe(Effect.provide(signedInAs(ana))))

  it.effect("the service in memory counts a member's own rows and gives no numbers of a team metric", () =>
    Effect.gen(function*() {
      const { metrics } = yield* client()
      const { results } = yield* metrics.run({
        payload: { widgets: [leads, team], timeframe: thisYear, assigneeIds: ["user_ana"] }
      })
      assert.isAbove(valueOf(results[0]), 0)
      assert.deepStrictEqual(results[1]?.points, [])
      assert.strictEqual(results[1]?.meta.gated, "admin_only")
    }).pipe(Effect.provide(signedInAs(bea))))

  it.effect("the service in memory saves a private report that only its owner can read", () =>
    Effect.gen(function*() {
      const asBea = yield* Effect.provide(client(), signedInAs(bea))
      const asAna = yield* Effect.provide(client(), signedInAs(ana))
      const layout = { widgets: [{ ...leads, x: 0, y: 0, w: 4, h: 2 }] }
      const saved = yield* asBea.reports.create({ headers: {}, payload: { title: "Ours", layout } })
      const refusal = yield* Effect.flip(asAna.reports.get({ params: { id: saved.body.id }, headers: {} }))
      assert.instanceOf(refusal, ReportNotFound)
    }))
})
