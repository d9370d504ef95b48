import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { deal, lead, noTables } from "../../../src/testing/rows.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

/** Eight sources have two leads each, and two sources have one. */
const leads = Array.from(
  { length: 18 },
  (_, index) => lead(`L${index}`, "2024-05-02", { source: index < 16 ? `large_${index % 8}` : `small_${index}` })
)

const april = ["fair", "fair", "mail"].map((source, index) => lead(`A${index}`, "2024-04-02", { source }))

const closed = { status: "won", closedAt: Date.parse("2024-05-03T12:00:00Z") } as const
const deals = [
  deal("D1", "2024-05-01", { ...closed, price: 100_00n }),
  deal("D2", "2024-05-01", { ...closed, price: null })
]

let app: WebApp
beforeAll(() => {
  app = openWebApp({ ...noTables, leads: [...leads, ...april], deals })
})
afterAll(() => app.close())

const widget = {
  instanceId: "w",
  metricId: "leads.created_over_time",
  chart: "bar",
  groupBy: "source",
  timeframe: { preset: "custom", from: "2024-05-01", to: "2024-05-31", bucket: "month" }
}

const ask = async (at: object, change: object = {}) => {
  const body = { widget: { ...widget, ...change }, at }
  return (await app.call(caller("member", "ana"), "POST /crm-reports/metrics/records", body)).json
}

describe("records of ~other", () => {
  it("the records of ~other are the rows of all groups except the eight largest", async () => {
    const { results, total } = await ask({ series: "~other" })
    const ids = Array.isArray(results) ? results.map(({ id }: { readonly id: string }) => id) : []
    assert.deepStrictEqual([ids, total], [["L17", "L16"], 2])
  })

  it("a chart of 18 leads has 18 records, and a group of 2 leads has 2", async () => {
    assert.strictEqual((await ask({ series: "large_3", bucket: "2024-05-01" }))["total"], 2)
    assert.strictEqual((await ask({}))["total"], 18)
  })
})

describe("records of a group that has rows only in the previous window", () => {
  const compared = {
    comparePrevious: true,
    timeframe: { preset: "custom", from: "2024-05-06", to: "2024-06-08", bucket: "month" }
  }

  it("the group has its records in the previous window, and none in the current one", async () => {
    const before = await ask({ series: "fair", period: "previous" }, compared)
    assert.deepInclude(before, { total: 2, sums: { n: "2", d: null } })
    const current = await ask({ series: "fair" }, compared)
    assert.deepInclude(current, { total: 0, sums: { n: "0", d: null }, results: [] })
    assert.isUndefined(current["error"])
  })

  it("without a comparison, the group is no series of the widget", async () => {
    const { error } = await ask({ series: "fair" }, { timeframe: compared.timeframe })
    assert.deepInclude(error, { code: "unknown_point" })
  })
})

describe("records of an average", () => {
  it("the records of an average are only the rows that have a value", async () => {
    const average = { ...widget, metricId: "deals.avg_value", chart: "stat", groupBy: undefined }
    const { json } = await app.call(caller("member", "ana"), "POST /crm-reports/metrics/records", { widget: average })
    assert.deepInclude(json, { total: 1, sums: { n: "100.00", d: "1" } })
  })
})
