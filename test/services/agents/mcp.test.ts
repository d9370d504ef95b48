import { afterAll, assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { Caller } from "../../../src/domain/Caller.ts"
import type { MetricSeries } from "../../../src/domain/Series.ts"
import { AgentRuns } from "../../../src/services/agents/AgentRuns.ts"
import { MetricRunner } from "../../../src/services/run/MetricRunner.ts"
import { demoTables } from "../../../src/testing/demoTables.ts"
import { timeseries } from "../../gallery/hostile.ts"
import { openMcpApp } from "../../support/McpApp.ts"
import { caller } from "../../support/TestApp.ts"

const admin = caller("admin", "user_ana", "org_demo")
const member = caller("member", "user_bea", "org_demo")
const app = openMcpApp({ tables: demoTables({ leads: 600 }), roleOf: () => "member" })
afterAll(() => app.close())

const reading = ["get_report", "list_reports", "records", "report_history", "run_metrics", "search_metrics"]
const widget = { instanceId: "a", metricId: "deals.win_rate", chart: "radial" }
const placed = { ...widget, x: 0, y: 0, w: 3, h: 3 }

const toolsOf = async (token: string) => {
  const { tools } = await (await app.connect(token)).listTools()
  return tools.map(({ name }) => name).sort()
}
const keyOf = async (one: Caller, scopes: ReadonlyArray<string>) =>
  String((await app.post(one, "/keys", { name: "agent", scopes }))["secret"])

describe("the tools", () => {
  it("readOnlyHint is true for exactly the tools that only read", async () => {
    const { tools } = await (await app.as(admin)).listTools()
    const hints = tools.map(({ annotations, name }) => [name, annotations?.readOnlyHint] as const)
    assert.sameDeepMembers(hints, [
      ...reading.map((name) => [name, true] as const),
      ["design_report", true],
      ["save_report", false],
      ["freeze_report", false]
    ])
  })

  it.each([
    ["reports:read", reading],
    ["design", ["design_report"]],
    ["reports:write", ["save_report"]],
    ["snapshots:write", ["freeze_report"]]
  ])("a key with the key scope %s may list and call only the tools of that key scope", async (scope, names) => {
    const token = await keyOf(member, [scope])
    assert.deepStrictEqual(await toolsOf(token), names)
    const client = await app.connect(token)
    const other = names.includes("save_report") ? "list_reports" : "save_report"
    const outcome = await app.call(client, other, { title: "x", layout: { widgets: [] } }).then(
      ({ isError }) => isError ? "refused" : "called",
      () => "refused"
    )
    assert.strictEqual(outcome, "refused")
  })

  it("an agent finds a metric, runs it, saves a report and freezes it", async () => {
    const client = await app.as(admin)
    const { json: found } = await app.call(client, "search_metrics", { words: "win rate" })
    assert.include(JSON.stringify(found), "\"deals.win_rate\"")
    const { json: ran } = await app.call(client, "run_metrics", { everyone: true, widgets: [widget] })
    assert.include(JSON.stringify(ran), "\"columns\":[\"Value\",\"Previous\",\"Change in points\"]")
    const { json: saved } = await app.call(client, "save_report", { title: "By agent", layout: { widgets: [placed] } })
    assert.sameMembers(Object.keys(saved), ["id", "createdAt", "updatedAt"])
    const reportId = String(saved["id"])
    const { json: frozen } = await app.call(client, "freeze_report", { reportId })
    assert.strictEqual(frozen["reportId"], reportId)
    assert.sameMembers(Object.keys(frozen), ["id", "reportId", "createdAt", "expiresAt"])
    const { json: listed } = await app.call(client, "list_reports", {})
    assert.include(JSON.stringify(listed), reportId)
    const { json: got } = await app.call(client, "get_report", { reportId })
    assert.deepInclude(got, { title: "By agent" })
    const { json: history } = await app.call(client, "report_history", { reportId, instanceId: placed.instanceId })
    const [point] = Array.isArray(history["points"]) ? history["points"] : []
    assert.deepStrictEqual(Object.keys(point ?? {}).sort(), ["bucket", "value"])
    assert.include(JSON.stringify(history["snapshots"]), String(frozen["id"]))
    const other = await app.call(await app.as(member), "get_report", { reportId })
    assert.isTrue(other.isError)
    assert.include(String(other.json["message"]), "report_not_found")
  })

  it("list_reports cuts long descriptions if the whole list is too large, and takes a limit", async () => {
    const description = "A long description. ".repeat(30).trim()
    const title = (index: number) => `Long ${index}`
    const made = Array.from(
      { length: 20 },
      (_, index) => ({ title: title(index), description, layout: { widgets: [] } })
    )
    await Promise.all(made.map((report) => app.post(admin, "", report)))
    const client = await app.as(admin)
    const { json: all } = await app.call(client, "list_reports", { search: "Long" })
    assert.include(JSON.stringify(all), `"description":"${description.slice(0, 100)}"`)
    assert.include(JSON.stringify(all), "\"total\":20")
    const { json: one } = await app.call(client, "list_reports", { search: "Long", limit: 1, page: 20 })
    assert.include(JSON.stringify(one), `"description":"${description}"`)
  })

  it("design_report returns the same draft as the API, and save_report accepts it", async () => {
    const client = await app.as(admin)
    const { json } = await app.call(client, "design_report", { prompt: "leads by source" })
    assert.deepStrictEqual(json, await app.post(admin, "/design", { prompt: "leads by source" }))
    assert.isFalse((await app.call(client, "save_report", Object(json["draft"]))).isError)
  })

  it("design_report gives a member no admin-only metric", async () => {
    const prompt = "commission by agent"
    const { json } = await app.call(await app.as(member), "design_report", { prompt })
    assert.notInclude(JSON.stringify(json["draft"]), "deals.commission")
    const { json: ofAdmin } = await app.call(await app.as(admin), "design_report", { prompt })
    assert.include(JSON.stringify(ofAdmin["draft"]), "deals.commission")
  })

  it("save_report gives the error message of the API for an unsupported chart", async () => {
    const body = { title: "x", layout: { widgets: [{ ...placed, chart: "pie" }] } }
    const { isError, json } = await app.call(await app.as(admin), "save_report", body)
    const rest = await app.post(admin, "", body)
    assert.isTrue(isError)
    assert.include(String(json["message"]), String(rest["message"]).slice(0, 40))
  })

  it("a member's agent gets no admin-only metric from a search or a run", async () => {
    const client = await app.as(member)
    const { json } = await app.call(client, "search_metrics", { words: "commission" })
    assert.deepStrictEqual(json, { metrics: [], total: 0 })
    const gated = { instanceId: "a", metricId: "team.won_value_by_agent", chart: "leaderboard" }
    const { json: ran } = await app.call(client, "run_metrics", { everyone: true, widgets: [gated] })
    assert.include(JSON.stringify(ran), "\"rows\":[]")
    assert.include(JSON.stringify(ran), "\"gated\":\"admin_only\"")
  })
})

describe("the size of an answer", () => {
  it("a run of a year by day gets rows by week, with a note that says so", async () => {
    const timeframe = { preset: "last_12m", bucket: "day" }
    const wide = { ...widget, metricId: "leads.created_over_time", chart: "area", groupBy: "assignee", timeframe }
    const { bytes, json } = await app.call(await app.as(admin), "run_metrics", { everyone: true, widgets: [wide] })
    assert.match(JSON.stringify(json), /Coarsened: a row is a week, because 3\d\d rows by day are too many/)
    assert.isAtMost(bytes, 20_000)
  })

  it.effect("a run keeps its rows by day if the run with larger buckets takes too long", () =>
    Effect.gen(function*() {
      const byDay = timeseries(["Leads"], 65, (at) => at)
      const late = { ...byDay, points: [], error: { code: "timeout", message: "It took too long." } as const }
      const answers: Array<MetricSeries> = [byDay, late]
      const runner = Layer.mock(MetricRunner, { run: () => Effect.sync(() => answers.splice(0, 1)) })
      const run = Effect.flatMap(AgentRuns, ({ run }) =>
        run(member, { widgets: [{ ...widget, instanceId: "timeseries" }] }))
      const { results: [table] } = yield* Effect.provide(run, Layer.provide(AgentRuns.layer, runner))
      assert.lengthOf(answers, 0)
      assert.deepStrictEqual([table?.rows.length, table?.error], [65, undefined])
      assert.notInclude(table?.notes.join(), "Coarsened")
    }))

  it("a run by day that gets rows by week equals a run by week", async () => {
    const client = await app.as(member)
    const byBucket = async (bucket: string) => {
      const one = { ...widget, metricId: "leads.created_over_time", chart: "area", groupBy: "assignee" }
      const widgets = [{ ...one, timeframe: { preset: "last_12m", bucket } }]
      const { json } = await app.call(client, "run_metrics", { everyone: true, widgets })
      return JSON.stringify(json).replace(/"Coarsened[^"]*",/, "")
    }
    assert.strictEqual(await byBucket("day"), await byBucket("week"))
  })

  it("a run whose answer would be larger than 20,000 bytes gets an error with a hint", async () => {
    const widgets = Array.from({ length: 50 }, (_, index) => ({
      ...widget,
      instanceId: `w${index}`,
      metricId: "leads.created_over_time",
      chart: "area",
      groupBy: "assignee"
    }))
    const { bytes, isError, json } = await app.call(await app.as(admin), "run_metrics", { everyone: true, widgets })
    assert.isTrue(isError)
    assert.include(String(json["message"]), "Ask for fewer widgets")
    assert.isAtMost(bytes, 20_000)
  })

  it("the answers of searches and record lists have at most 20,000 bytes", async () => {
    const client = await app.as(admin)
    const leads = { widget: { ...widget, metricId: "leads.total", chart: "stat" }, everyone: true }
    const answers = [
      await app.call(client, "search_metrics", {}),
      await app.call(client, "records", leads),
      await app.call(client, "records", { ...leads, timeframe: { preset: "all_time" }, limit: 200 })
    ]
    for (const { bytes } of answers) assert.isAtMost(bytes, 20_000)
    assert.deepStrictEqual(answers.map(({ isError }) => isError), [false, false, true])
  })
})
