import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { noTables } from "../../../src/testing/rows.ts"
import { layout } from "../../conformance/people.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const ana = caller("member", "ana", "org_a")

const livingIn = (timeZone: string) => ({
  organizationId: timeZone,
  name: timeZone,
  timeZone,
  weekStart: 1,
  currency: "EUR"
})

let app: WebApp
beforeAll(() => {
  const organizations = ["Asia/Tokyo", "America/New_York"].map(livingIn)
  app = openWebApp({ ...noTables, organizations })
})
afterAll(() => app.close())

const create = (body: unknown, who = ana) => app.call(who, "POST /crm-reports", body)
const made = async (body: unknown = { title: "Saved", layout }, who = ana) =>
  String((await create(body, who)).json["id"])
const read = (id: string, headers: Record<string, string> = {}) =>
  app.call(ana, `GET /crm-reports/${id}`, undefined, headers)
const totalOf = async () => (await app.call(ana, "GET /crm-reports?limit=1")).json["total"]

const [widget] = layout.widgets
const withWidget = (change: object) => ({ title: "t", layout: { widgets: [{ ...widget, ...change }] } })
const many = (count: number, change: object = {}) =>
  Array.from({ length: count }, (_, index) => ({ ...widget, ...change, instanceId: `w${index}` }))

const fits = (body: unknown) => JSON.stringify(body)

const refused: ReadonlyArray<readonly [name: string, body: unknown, paths: ReadonlyArray<string>]> = [
  ["an unknown metric", withWidget({ metricId: "leads.nothing" }), ["layout.widgets[0].metricId"]],
  ["the metric __proto__", withWidget({ metricId: "__proto__" }), [
    "layout.widgets[0].metricId"
  ]],
  ["a chart that the metric does not support", withWidget({ chart: "pie" }), ["layout.widgets[0].chart"]],
  ["an unknown grouping", withWidget({ groupBy: "color" }), ["layout.widgets[0].groupBy"]],
  [
    "a comparison of a metric that is no timeseries",
    withWidget({ metricId: "leads.total", chart: "stat", comparePrevious: true }),
    [
      "layout.widgets[0].comparePrevious"
    ]
  ],
  ["a comparison that is no boolean", withWidget({ comparePrevious: "yes" }), ["layout.widgets[0].comparePrevious"]],
  [
    "several faults in several widgets",
    { title: "t", layout: { widgets: [...many(2), ...many(4, { chart: "pie", groupBy: "color" }).slice(2)] } },
    [2, 3].flatMap((index) => [`layout.widgets[${index}].chart`, `layout.widgets[${index}].groupBy`])
  ],
  ["two equal instanceIds", { title: "t", layout: { widgets: [widget, widget] } }, ["layout.widgets[1].instanceId"]],
  ["an empty instanceId", withWidget({ instanceId: "" }), ["layout.widgets[0].instanceId"]],
  ["an instanceId of 65 characters", withWidget({ instanceId: "x".repeat(65) }), ["layout.widgets[0].instanceId"]],
  ["an object as metricId", withWidget({ metricId: { _tag: "Literal" } }), ["layout.widgets[0].metricId"]],
  ["a widget whose x is a text", withWidget({ x: "left" }), ["layout.widgets[0].x"]],
  ["51 widgets", { title: "t", layout: { widgets: many(51) } }, ["layout.widgets"]],
  ["a layout of 300 KiB", { title: "t", layout: { ...layout, note: "x".repeat(300 * 1024) } }, ["layout"]],
  ["a layout without widgets", { title: "t", layout: {} }, ["layout.widgets"]],
  ["a layout that is a list", { title: "t", layout: [] }, ["layout"]],
  ["no layout", { title: "t" }, ["layout"]],
  ["a NUL in the title", { title: "a\u0000", layout }, ["title"]],
  ["a lone surrogate in the title", `{"title":"\\ud800","layout":${fits(layout)}}`, ["title"]],
  ["a lone surrogate in a filter", withWidget({ filters: { tag: ["\ud800"] } }), [
    "layout.widgets[0].filters.tag[0]"
  ]],
  ["a NUL in a field name", { title: "t", layout: { ...layout, "a\u0000": 1 } }, ["layout.a\u0000"]],
  ["an integer beyond 2^53", `{"title":"t","layout":{"widgets":[],"n":9007199254740993}}`, ["layout.n"]],
  ["an infinite number", `{"title":"t","layout":{"widgets":[],"n":1e400}}`, ["layout.n"]],
  ["a layout with 50 levels", `{"title":"t","layout":{"widgets":[],"n":${"[".repeat(50)}${"]".repeat(50)}}}`, [
    "layout.n[0][0]"
  ]],
  ["no title", { layout }, ["title"]],
  ["an empty title", { title: "", layout }, ["title"]],
  ["a title of 121 characters", { title: "x".repeat(121), layout }, ["title"]],
  ["no title but null", { title: null, layout }, ["title"]],
  ["a description of 2,001 characters", { title: "t", description: "x".repeat(2001), layout }, ["description"]],
  ["an unknown visibility", { title: "t", visibility: "public", layout }, ["visibility"]],
  ["an unknown preset", { title: "t", layout, defaultTimeframe: { preset: "someday" } }, ["defaultTimeframe"]],
  ["a custom timeframe without dates", { title: "t", layout, defaultTimeframe: { preset: "custom" } }, [
    "defaultTimeframe"
  ]],
  ["a list as body", [], [""]],
  ["a body that is no JSON", "{", [""]]
]

const pathsOf = ({ json }: Awaited<ReturnType<WebApp["call"]>>) =>
  Array.isArray(json["issues"]) ? json["issues"].map(({ path }) => path) : []

describe("refused reports", () => {
  it.each(refused)(
    "a new report with %s gets 400 with the path of each fault",
    async (_, body, paths) => {
      const before = await totalOf()
      const answer = await create(body)
      assert.strictEqual(answer.status, 400)
      assert.deepStrictEqual(pathsOf(answer), [...paths])
      assert.isTrue(Array.isArray(answer.json["message"]) && answer.json["message"].length === paths.length)
      assert.strictEqual(await totalOf(), before)
    }
  )

  it.each<[what: string, body: unknown, issues: ReadonlyArray<object>]>([
    ["no body", undefined, [{ path: "", message: "Expected object" }]],
    ["a list as body", [], [{ path: "", message: "Expected object" }]],
    ["a list as layout", { title: "t", layout: [] }, [{ path: "layout", message: "Expected object" }]],
    ["an unknown visibility", { title: "t", layout, visibility: "all" }, [
      { path: "visibility", message: "Expected \"private\" or \"people\" or \"organization\"" }
    ]]
  ])("the issue of a new report with %s names the expected type", async (_, body, issues) => {
    assert.deepStrictEqual((await create(body)).json["issues"], issues)
  })

  it.each(refused.filter(([name]) => !/^no (title|layout)|^a list/.test(name)))(
    "a change of a report with %s gets 400 and leaves the report unchanged",
    async (_, body, paths) => {
      const id = await made()
      const answer = await app.call(ana, `PATCH /crm-reports/${id}`, body)
      assert.strictEqual(answer.status, 400)
      assert.deepStrictEqual(pathsOf(answer), [...paths])
      assert.deepInclude((await read(id)).json, { title: "Saved", layout })
      assert.strictEqual((await read(id)).headers.get("etag"), `"1.0"`)
    }
  )
})

describe("a custom timeframe of a day and an instant", () => {
  const custom = (to: string) => ({
    title: "t",
    layout,
    defaultTimeframe: { preset: "custom", from: "2024-06-01", to }
  })
  it.each([
    ["Asia/Tokyo", "2024-06-01T00:00:00Z", 201],
    ["Asia/Tokyo", "2024-05-31T15:00:00Z", 400],
    ["America/New_York", "2024-06-01T04:00:01Z", 201],
    ["America/New_York", "2024-06-01T02:00:00Z", 400]
  ])(
    "in the time zone %s, a report with a timeframe from 2024-06-01 to %s gets %i",
    async (timeZone, to, status) => {
      const answer = await create(custom(to), caller("member", "ana", timeZone))
      assert.strictEqual(answer.status, status)
      assert.deepStrictEqual(pathsOf(answer), status === 400 ? ["defaultTimeframe"] : [])
    }
  )
})
