import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { metricsById } from "../../../src/metrics/all.ts"
import { lead, member, noTables } from "../../../src/testing/rows.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const hot = "00000000-0000-4000-8000-00000000000a"

const sourceOf = (index: number) => {
  if (index >= 18) return null
  return index < 16 ? `large_${index % 8}` : `small_${index}`
}

/** The first 21 leads have ten sources: eight with two leads each, and two with one. Three leads have no source. */
const leads = [
  ...Array.from({ length: 21 }, (_, index) => lead(`L${index}`, "2024-05-02", { source: sourceOf(index) })),
  lead("A0", "2024-04-03", { source: "large_0", tagIds: [hot] }),
  lead("A1", "2024-05-03", { source: "large_0", tagIds: [hot], ownerId: "bo" })
]

let app: WebApp
beforeAll(() => {
  app = openWebApp({ ...noTables, members: [member("ana", "Ana"), member("bo", "Bo")], leads })
})
afterAll(() => app.close())

const timeframe = { preset: "custom", from: "2024-05-01", to: "2024-05-31", bucket: "month" }
const bySource = { groupBy: "source" }
const may = "2024-05-01"

const cases = [
  ["a whole timeseries", "leads.created_over_time", {}, 22, {}],
  ["a bucket", "leads.created_over_time", { bucket: may }, 22, {}],
  ["the only series", "leads.created_over_time", { bucket: may, series: "value" }, 22, {}],
  ["a series", "leads.created_over_time", { series: "large_3" }, 2, bySource],
  ["a series in a bucket", "leads.created_over_time", { series: "large_0", bucket: may }, 3, bySource],
  ["the series ~none", "leads.created_over_time", { series: "~none", bucket: may }, 3, bySource],
  ["the series ~other", "leads.created_over_time", { series: "~other", bucket: may }, 4, bySource],
  ["a person", "leads.created_over_time", { series: "bo" }, 1, { groupBy: "assignee" }],
  ["the previous window of a timeseries", "leads.created_over_time", { period: "previous" }, 1, {
    comparePrevious: true
  }],
  ["a category", "leads.by_source", { category: "large_0" }, 3, {}],
  ["the category ~none", "leads.by_source", { category: "~none" }, 3, {}],
  ["a status without rows", "leads.by_status", { category: "client" }, 0, {}],
  ["a tag", "leads.by_tag", { category: hot }, 1, {}],
  ["a person in a leaderboard", "team.leads_by_agent", { category: "bo" }, 1, {}],
  ["a whole leaderboard", "team.leads_by_agent", {}, 22, {}],
  ["a stat", "leads.total", {}, 22, {}],
  ["the current window of a stat", "leads.total", { period: "current" }, 22, {}],
  ["the previous window of a stat", "leads.total", { period: "previous" }, 1, {}]
] as const

describe("records of various points", () => {
  it.each(cases)(
    "the number of records of %s is the number of rows that it counts",
    async (_kind, metricId, at, total, more) => {
      const chart = metricsById.get(metricId)?.charts[0]
      const body = { widget: { instanceId: "w", metricId, chart, timeframe, ...more }, everyone: true, at }
      const { json } = await app.call(caller("admin", "ana"), "POST /crm-reports/metrics/records", body)
      assert.isUndefined(json["error"])
      assert.strictEqual(json["total"], total)
      assert.deepStrictEqual(json["sums"], { n: String(total), d: null })
      assert.lengthOf(Array.isArray(json["results"]) ? json["results"] : [], total)
    }
  )

  it("every metric of the catalog has `records: true`", async () => {
    const { json } = await app.call(caller("admin", "ana"), "GET /crm-reports/catalog")
    const metrics: ReadonlyArray<{ readonly records: boolean }> = JSON.parse(JSON.stringify(json["metrics"]))
    assert.deepStrictEqual(metrics.map(({ records }) => records), [...metricsById.keys()].map(() => true))
  })
})
