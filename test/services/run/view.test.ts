import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import type { View } from "../../../src/domain/Run.ts"
import type { MetricSeries } from "../../../src/domain/Series.ts"
import type { Tables } from "../../../src/metrics/crm.ts"
import { deal, lead, member, noTables } from "../../../src/testing/rows.ts"
import { openMcpApp } from "../../support/McpApp.ts"
import { numbersInCsv } from "../../support/numbersInCsv.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const tables: Tables = {
  ...noTables,
  members: [member("ana", "Ana"), member("bo", "Bo")],
  leads: [
    lead("1", "2024-06-01", { ownerId: "ana", source: "web", status: "client" }),
    lead("2", "2024-06-02", { ownerId: "ana", source: "portal" }),
    lead("3", "2024-06-03", { ownerId: "ana", source: "web" }),
    lead("4", "2024-06-03", { ownerId: "bo", source: "web" }),
    lead("5", "2024-06-04", { ownerId: null, source: "web" })
  ],
  deals: [deal("6", "2024-06-03", { ownerId: "ana" })]
}

const year = { preset: "custom", from: "2024-01-01", to: "2024-12-31", bucket: "month" }
const widgets = [
  { instanceId: "total", metricId: "leads.total", chart: "stat" },
  { instanceId: "clients", metricId: "leads.total", chart: "stat", filters: { status: "client" } },
  { instanceId: "portal", metricId: "leads.total", chart: "stat", filters: { source: ["portal"] } },
  { instanceId: "deals", metricId: "deals.by_stage", chart: "bar" },
  { instanceId: "months", metricId: "leads.created_over_time", chart: "area" }
]
const web = { source: ["web"] }
const ana = caller("member", "ana")
const boss = caller("admin", "boss")

const resultsOf = (json: Record<string, unknown>): ReadonlyArray<MetricSeries> =>
  JSON.parse(JSON.stringify(json["results"] ?? json["series"]))

const valuesOf = (series: ReadonlyArray<MetricSeries>) => series.slice(0, 3).map(({ stat }) => stat?.value)

describe("the filters of a view", () => {
  let app: WebApp
  let path: string
  beforeAll(async () => {
    app = openWebApp(tables)
    const report = { title: "Saved", visibility: "organization", layout: { widgets }, defaultTimeframe: year }
    path = `/crm-reports/${String((await app.call(boss, "POST /crm-reports", report)).json["id"])}`
  })
  afterAll(() => app.close())

  it("a row passes the filters of the view and those of the widget", async () => {
    const run = async (who: typeof ana, view: View) =>
      valuesOf(resultsOf((await app.call(who, `POST ${path}/run`, view)).json))
    assert.deepStrictEqual(await run(ana, {}), [3, 1, 1])
    assert.deepStrictEqual(await run(ana, { filters: web }), [2, 1, 0])
    assert.deepStrictEqual(await run(ana, { filters: { source: "portal", status: null } }), [1, 0, 1])
    assert.deepStrictEqual(await run(ana, { filters: web, everyone: true, assigneeIds: ["bo"] }), [2, 1, 0])
    assert.deepStrictEqual(await run(boss, { filters: web, everyone: true }), [4, 1, 0])
    assert.deepStrictEqual(await run(boss, { filters: web, assigneeIds: ["bo", "~nobody"] }), [2, 0, 0])
  })

  it("a metric without a filter counts all rows and names the filter, and `meta` has what was applied", async () => {
    const { json } = await app.call(ana, `POST ${path}/run`, { filters: { ...web, leadType: ["buyer"] } })
    const [total, clients, portal, deals] = resultsOf(json).map(({ meta }) => meta.filters)
    assert.deepStrictEqual(total, { applied: { source: ["web"] }, ignored: ["leadType"] })
    assert.deepStrictEqual(clients, { applied: { source: ["web"], status: ["client"] }, ignored: ["leadType"] })
    assert.deepStrictEqual(portal, { applied: { source: [] }, ignored: ["leadType"] })
    assert.deepStrictEqual(deals?.ignored, ["source"])
  })

  it.each([["a text", "x"], ["a list", [1]], ["a number", 0]])(
    "with %s as filters of the view, no widget counts anything, in a run and in a file",
    async (_name, filters) => {
      const { json } = await app.call(ana, `POST ${path}/run`, { filters })
      assert.deepStrictEqual(valuesOf(resultsOf(json)), [0, 0, 0])
      assert.isTrue(resultsOf(json).every(({ meta }) => meta.filters.invalid))
      const file = await app.call(ana, `GET ${path}/export?format=csv&filters=${JSON.stringify(filters)}`)
      assert.deepStrictEqual(numbersInCsv(file.text)("total"), [[0, 0]])
    }
  )

  it.each(["", "{", "source=web"])("the query parameter `filters` with “%s” gets 400", async (filters) => {
    const query = `format=csv&filters=${encodeURIComponent(filters)}`
    const { json, status } = await app.call(ana, `GET ${path}/export?${query}`)
    assert.strictEqual(status, 400)
    assert.match(JSON.stringify(json), /"path":"filters","message":"must be JSON/)
  })

  it("`filters: null` in a body and in a query means no filters", async () => {
    const { json } = await app.call(ana, `POST ${path}/run`, { filters: null, comparePrevious: null })
    assert.deepStrictEqual(valuesOf(resultsOf(json)), [3, 1, 1])
    const file = await app.call(ana, `GET ${path}/export?format=csv&filters=null`)
    assert.deepStrictEqual(numbersInCsv(file.text)("total")[0]?.[0], 3)
  })

  it("a view with too many filters gets 400 in a run and in a file", async () => {
    const filters = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`k${index}`, "x"]))
    assert.strictEqual((await app.call(ana, `POST ${path}/run`, { filters })).status, 400)
    const query = `filters=${encodeURIComponent(JSON.stringify(filters))}`
    assert.strictEqual((await app.call(ana, `GET ${path}/export?format=csv&${query}`)).status, 400)
  })

  it("a view that compares gives the window before to each widget that has one", async () => {
    const { json } = await app.call(ana, `POST ${path}/run`, { comparePrevious: true })
    const compared = resultsOf(json).map((series) => "previousPoints" in series)
    assert.deepStrictEqual(compared, [false, false, false, false, true])
    const widget = { instanceId: "sources", metricId: "leads.by_source", chart: "bar", timeframe: year }
    const run = await app.call(ana, "POST /crm-reports/metrics/run", { widgets: [widget], comparePrevious: true })
    const [sources] = resultsOf(run.json)
    assert.deepStrictEqual(sources?.points.map((point) => "previous" in point), [true, true])
    assert.isTrue(resultsOf(json).every(({ error }) => error === undefined))
  })

  it("a list of records has the filters of the view", async () => {
    const [total] = widgets
    const ask = (filters?: object) =>
      app.call(ana, "POST /crm-reports/metrics/records", {
        widget: total,
        timeframe: year,
        ...(filters !== undefined && { filters })
      })
    assert.deepStrictEqual([(await ask()).json["total"], (await ask(web)).json["total"]], [3, 2])
    const file = await app.call(
      ana,
      "POST /crm-reports/metrics/records",
      { widget: total, timeframe: year, filters: web },
      { accept: "text/csv" }
    )
    assert.strictEqual(file.text.trimEnd().split("\n").length, 3)
  })

  it("a snapshot keeps the view with which it was made, and a comparison with now has the same view", async () => {
    const view = { timeframe: year, everyone: true, filters: web, comparePrevious: true }
    const frozen = await app.call(boss, `POST ${path}/snapshots`, view)
    assert.deepStrictEqual(frozen.json["view"], view)
    assert.deepStrictEqual(valuesOf(resultsOf(frozen.json)), [4, 1, 0])
    const id = String(frozen.json["id"])
    assert.deepStrictEqual((await app.call(boss, `GET /crm-reports/snapshots/${id}`)).json["view"], view)
    const live = await app.call(boss, `GET /crm-reports/snapshots/${id}/compare?with=live`)
    const differences = live.text.match(/"difference":[^,]*/g) ?? []
    assert.isAbove(differences.length, 3)
    assert.deepStrictEqual(differences.filter((one) => !/:0$|:null$/.test(one)), [])
    assert.notInclude(live.text, "incomparable")
    const whole = await app.call(boss, `POST ${path}/snapshots`, { everyone: true })
    const other = await app.call(boss, `GET /crm-reports/snapshots/${id}/compare?with=${String(whole.json["id"])}`)
    assert.match(other.text, /"reason":"filters"/)
  })

  it("the view in a member's snapshot has no people", async () => {
    const frozen = await app.call(ana, `POST ${path}/snapshots`, { everyone: true, filters: web })
    assert.deepStrictEqual(frozen.json["view"], { timeframe: year, filters: web })
  })

  it("tools for agents take the filters of a view", async () => {
    const { call, close, connect, post, tokenOf } = openMcpApp({ tables })
    const client = await connect(tokenOf(ana))
    const run = await call(client, "run_metrics", { widgets: widgets.slice(0, 3), timeframe: year, filters: web })
    assert.deepStrictEqual(
      JSON.stringify(run.json).match(/"rows":\[\[\d+/g)?.map((text) => Number(text.slice(9))),
      [2, 1, 0]
    )
    const records = await call(client, "records", { widget: widgets[0], timeframe: year, filters: web })
    assert.strictEqual(records.json["total"], 2)
    const { id } = await post(ana, "", { title: "Own", layout: { widgets }, defaultTimeframe: year })
    const receipt = await call(client, "freeze_report", { reportId: id, filters: web })
    assert.isFalse(receipt.isError)
    await close()
  })
})
