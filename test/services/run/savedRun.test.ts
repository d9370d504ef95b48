import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import type { Caller } from "../../../src/domain/Caller.ts"
import type { Selection } from "../../../src/domain/Run.ts"
import type { Tables } from "../../../src/metrics/crm.ts"
import { lead, member, noTables } from "../../../src/testing/rows.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const own = [lead("1", "2024-06-01", { ownerId: "ana" }), lead("2", "2024-06-02", { ownerId: "ana", status: "client" })]
const bos = [
  lead("3", "2024-06-03", { ownerId: "bo" }),
  lead("4", "2024-06-03", { ownerId: "cy", assigneeIds: ["bo"] })
]
const outside = [
  lead("5", "2024-06-03", { ownerId: null }),
  { ...lead("6", "2024-06-03", { ownerId: "ana" }), organizationId: "other" }
]

const tables: Tables = {
  ...noTables,
  members: [member("ana", "Ana"), member("bo", "Bo"), { ...member("zoe", "Zoe"), organizationId: "other" }],
  leads: [...own, ...bos, ...outside]
}

const year = { preset: "custom", from: "2024-01-01", to: "2024-12-31", bucket: "month" }
const at = { x: 0, y: 0, w: 4, h: 4 }
const widgets = [
  { instanceId: "total", metricId: "leads.total", chart: "stat" },
  { instanceId: "status", metricId: "leads.by_status", chart: "donut", filters: { status: ["lead", "client"] } },
  { instanceId: "team", metricId: "team.leads_by_agent", chart: "leaderboard" },
  {
    instanceId: "months",
    metricId: "leads.created_over_time",
    chart: "area",
    groupBy: "assignee",
    timeframe: { preset: "custom", from: "2024-06-01", to: "2024-06-30", bucket: "week" }
  }
]
const layout = { widgets: widgets.map((widget) => ({ ...widget, ...at })) }

const ana = caller("member", "ana")
const boss = caller("admin", "boss")
const people: ReadonlyArray<Caller> = [ana, caller("member", "bo"), caller("admin", "ana"), boss]

const named: ReadonlyArray<readonly [name: string, selection: Selection]> = [
  ["no people", {}],
  ["Bo", { assigneeIds: ["bo"] }],
  ["Ana, Bo and people of other organizations", { assigneeIds: ["ana", "bo", "zoe", "*"] }],
  ["a person of another organization", { assigneeIds: ["zoe"] }],
  ["everyone", { everyone: true }],
  ["everyone and Bo", { everyone: true, assigneeIds: ["bo"] }]
]
const selections = named.map(([, selection]) => selection)

const cases = people.flatMap((who) =>
  named.map(([name, selection]) => [`the ${who.role} ${who.userId}`, name, who, selection] as const)
)

let app: WebApp
let report: string
beforeAll(async () => {
  app = openWebApp(tables)
  const body = { title: "Shared", visibility: "organization", layout, defaultTimeframe: year }
  report = String((await app.call(boss, "POST /crm-reports", body)).json["id"])
})
afterAll(() => app.close())

const bytes = (json: unknown) => JSON.stringify(json).replaceAll(/"asOf":"[^"]*"/g, "")

const run = async (who: Caller, body: object, over = app, id = report) => {
  const { json, status } = await over.call(who, `POST /crm-reports/${id}/run`, body)
  assert.strictEqual(status, 200)
  return json
}

const totalIn = (json: Record<string, unknown>) => bytes(json).match(/"stat":\{"value":(\d+)/)?.[1]

describe("a run of a saved report", () => {
  it.each(cases)(
    "a run of a saved report by %s who chooses %s equals a run of its widgets",
    async (_who, _name, who, selection) => {
      const direct = await app.call(who, "POST /crm-reports/metrics/run", { widgets, timeframe: year, ...selection })
      assert.strictEqual(bytes(await run(who, selection)), bytes(direct.json))
    }
  )

  it.each(
    [
      ["a member who chooses nobody", "2", ana, {}],
      ["a member who chooses somebody else", "2", ana, { assigneeIds: ["bo"] }],
      ["a member who chooses everyone", "2", ana, { everyone: true }],
      ["an admin without leads who chooses nobody", "0", boss, {}],
      ["an admin who chooses a person with two leads", "2", boss, { assigneeIds: ["bo"] }],
      ["an admin who chooses everyone", "5", boss, { everyone: true }]
    ] as const
  )("a run of a saved report by %s counts %s leads", async (_who, expected, who, selection) => {
    assert.strictEqual(totalIn(await run(who, selection)), expected)
  })

  it("a run of a saved report uses the timeframe of the request instead of the saved one", async () => {
    const june = { preset: "custom", from: "2024-06-02", to: "2024-06-02" }
    assert.strictEqual(totalIn(await run(ana, { timeframe: june })), "1")
  })

  it("an unknown preset in the request gives invalid_timeframe only to saved widgets without a timeframe", async () => {
    const { results } = await run(ana, { timeframe: { preset: "someday" } })
    assert.strictEqual(JSON.stringify(results).match(/"invalid_timeframe"/g)?.length, 2)
  })

  it("a run of a saved report does not change when rows outside the scope are removed", async () => {
    const alone = openWebApp({ ...tables, leads: own })
    const copy = await alone.call(ana, "POST /crm-reports", { title: "Own", layout, defaultTimeframe: year })
    const id = String(copy.json["id"])
    await Promise.all(selections.map(async (selection) => {
      assert.strictEqual(bytes(await run(ana, selection)), bytes(await run(ana, selection, alone, id)))
    }))
    await alone.close()
  })
})
