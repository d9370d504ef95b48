import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import type { Selection, WidgetRequest } from "../../src/domain/Run.ts"
import { metricsById } from "../../src/metrics/all.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { groupBysOf } from "../../src/metrics/Metric.ts"
import { fixedClock } from "../../src/testing/fixedClock.ts"
import { deal, euros, lead, member, noTables, time } from "../../src/testing/rows.ts"
import { admin, essence } from "../support/counted.ts"
import { interpreters } from "../support/interpreters.ts"
import { asOf, hot } from "../support/office.ts"
import { postgresTest } from "../support/Postgres.ts"
import { caller } from "../support/TestApp.ts"
import { openWebApp } from "../support/WebApp.ts"

const won = { status: "won", closedAt: time("2024-05-03"), price: euros(100) }

/** Bo owns two deals. He sees the lead behind the first deal, and Ana sees the lead behind the second one. */
const tables: Tables = {
  ...noTables,
  members: [member("ana", "Ana"), member("bo", "Bo"), member("cy", "Cy")],
  leads: [
    lead("of bo", "2024-05-01", { ownerId: "cy", assigneeIds: ["bo"], source: "web", leadType: "buyer" }),
    lead("of ana", "2024-05-01", { source: "fair", leadType: "seller", tagIds: [hot] }),
    lead("of nobody", "2024-05-01", { ownerId: "gone", source: "mail" }),
    lead("of ana", "2024-05-01", { organizationId: "rival", source: "rival", ownerId: "bo" })
  ],
  deals: [
    deal("D1", "2024-05-01", { ...won, ownerId: "bo", leadId: "of bo" }),
    deal("D2", "2024-05-01", { ...won, ownerId: "bo", leadId: "of ana" }),
    deal("D3", "2024-05-01", { ...won, ownerId: "bo", leadId: "of nobody" }),
    deal("D4", "2024-05-01", { ...won, ownerId: "bo" }),
    deal("D5", "2024-05-01", { ...won, ownerId: "bo", leadId: "deleted" })
  ]
}

const bo: Caller = caller("member", "bo")

const bySource = { metricId: "deals.won_by_source", chart: "bar" }

const asking = (who: Caller, widget: object, selection: Selection = {}) => ({
  caller: who,
  request: {
    ...selection,
    widgets: [{ instanceId: "w", ...bySource, timeframe: { preset: "this_month", bucket: "month" }, ...widget }]
  }
})

const everyWidget: ReadonlyArray<Omit<WidgetRequest, "instanceId">> = [...metricsById].flatMap(([metricId, metric]) => {
  if (!metricId.startsWith("deals.") || metric.measure._tag === "Handwritten") return []
  const widget = { metricId, chart: metric.charts[0] }
  const filters = [{ leadSource: "fair" }, { leadSource: ["web", "~none"] }, { leadTag: hot }, { leadType: "seller" }]
  return [
    ...groupBysOf(metric).map((groupBy) => ({ ...widget, groupBy })),
    ...filters.map((filters) => ({ ...widget, filters }))
  ]
})

layer(postgresTest, { excludeTestServices: true })("deals by the lead behind them", (it) => {
  it.effect.each(interpreters)(
    "$name counts a deal under the source of its lead if the lead is seen",
    ({ answer }) =>
      Effect.gen(function*() {
        const countedFor = (selection: Selection, who = admin) =>
          Effect.map(answer(tables, asking(who, {}, selection)), (series) => series.map(essence))
        assert.deepStrictEqual(yield* countedFor({}, bo), [[["~none", "Unknown", 4], ["web", "Web", 1]]])
        assert.deepStrictEqual(yield* countedFor({ assigneeIds: ["ana", "bo"] }), [[
          ["~none", "Unknown", 3],
          ["fair", "Fair", 1],
          ["web", "Web", 1]
        ]])
        assert.deepStrictEqual(yield* countedFor({ assigneeIds: ["bo", "~nobody"] }), [[
          ["~none", "Unknown", 3],
          ["mail", "Mail", 1],
          ["web", "Web", 1]
        ]])
        assert.deepStrictEqual(yield* countedFor({ everyone: true }), [[
          ["~none", "Unknown", 2],
          ["fair", "Fair", 1],
          ["mail", "Mail", 1],
          ["web", "Web", 1]
        ]])
      }).pipe(fixedClock(asOf))
  )

  it.effect.each(interpreters)(
    "$name changes no byte if the source, type and tags of an unseen lead change",
    ({ answer }) =>
      Effect.gen(function*() {
        const disguised = {
          ...tables,
          leads: tables.leads.map((row) =>
            row.leadId === "of bo" ? row : { ...row, source: "web", leadType: "buyer", tagIds: [] }
          )
        }
        for (const widget of everyWidget) {
          const question = asking(bo, widget)
          const [found, other] = [yield* answer(tables, question), yield* answer(disguised, question)]
          assert.strictEqual(JSON.stringify(found), JSON.stringify(other))
        }
      }).pipe(fixedClock(asOf))
  )

  it.effect("the records of one person's point see the leads of all selected people", () =>
    Effect.promise(async () => {
      const app = openWebApp(tables)
      const widget = {
        instanceId: "w",
        metricId: "deals.won_over_time",
        chart: "bar",
        groupBy: "assignee",
        filters: { leadSource: "fair" },
        timeframe: { preset: "custom", from: "2024-05-01", to: "2024-05-31" }
      }
      const body = { widget, at: { series: "bo" }, assigneeIds: ["ana", "bo"] }
      const { json } = await app.call(caller("admin", "ana"), "POST /crm-reports/metrics/records", body)
      await app.close()
      assert.deepInclude(json, { total: 1, sums: { n: "1", d: null } })
    }))
})
