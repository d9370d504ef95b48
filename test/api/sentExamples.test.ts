import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { child, isJsonObject } from "../../src/api/openapi/jsonTree.ts"
import { demoTables } from "../../src/testing/demoTables.ts"
import { contract } from "../support/contract.ts"
import { operations } from "../support/generative/requestFor.ts"
import { caller } from "../support/TestApp.ts"
import { openWebApp, type WebApp } from "../support/WebApp.ts"

const now = new Date("2026-05-28T12:00:00Z")
const ana = caller("admin", "user_ana", "org_demo")
const bea = caller("member", "user_bea", "org_demo")

const json = "application/json"

const examplesIn = (holder: unknown) =>
  Object.entries(child({ holder }, "holder", "content", json, "examples")).map(([name, example]) => ({
    name,
    value: child({ example }, "example")["value"]
  }))

const requests = operations.flatMap(({ id, method, operation, path }) =>
  examplesIn(operation["requestBody"]).map(({ name, value }) => ({ id, method, path, name, value }))
)

/** The widget of the alert in the examples. */
const rate = { instanceId: "win-rate", metricId: "deals.win_rate", chart: "stat" }

let app: WebApp
let report: string
let target: string
let subscription: string
let snapshot: string
beforeAll(async () => {
  app = openWebApp(demoTables({ leads: 500, now }), { now })
  const body = { title: "Own", visibility: "organization", layout: { widgets: [rate] } }
  report = String((await app.call(bea, "POST /crm-reports", body)).json["id"])
  snapshot = String((await app.call(bea, `POST /crm-reports/${report}/snapshots`, {})).json["id"])
  const goal = { metricId: "leads.total", for: "organization", period: "month", values: { "2026-10": 5 } }
  target = String((await app.call(ana, "POST /crm-reports/targets", goal)).json["id"])
  const weekly = { every: "week", at: "07:00", to: ["user_bea"], channel: "email", format: "pdf" }
  subscription = String((await app.call(bea, `POST /crm-reports/${report}/subscriptions`, weekly)).json["id"])
})
afterAll(() => app.close())

const statuses: Readonly<Record<string, number>> = {
  createReport: 201,
  createSnapshot: 201,
  createKey: 201,
  createTarget: 201,
  createSubscription: 201
}

const ofAdmins = new Set(["setStageWeights", "createTarget", "updateTarget"])

describe("the examples of the contract, sent literally", () => {
  it("each operation with a body has an example", () => {
    const withBody = operations.filter(({ operation }) => isJsonObject(operation["requestBody"])).map(({ id }) => id)
    assert.deepStrictEqual([...new Set(requests.map(({ id }) => id))], withBody)
  })

  it.each(requests)(
    "the example $name of $id works for a member and an admin, unless only admins or the member may use it",
    async ({ id, method, path, value }) => {
      const url = path.replace("{id}", report).replace("{targetId}", target)
        .replace("{subscriptionId}", subscription).replace("{snapshotId}", snapshot)
      const answers = await Promise.all([bea, ana].map((who) => app.call(who, `${method} ${url}`, value)))
      const worked = statuses[id] ?? 200
      const expected = [ofAdmins.has(id) ? 403 : worked, id === "shareSnapshot" ? 403 : worked]
      assert.deepStrictEqual(answers.map(({ status }) => status), expected)
      for (const { text } of answers) {
        // The point of the example is another person's, so a member's series does not have it.
        assert.notMatch(text, /"error":\{"code":"(?!unknown_point)/)
      }
    }
  )

  it("the draft, the report and the snapshot of the contract can be saved, and the layouts can be changes", async () => {
    const bodyOf = (path: string, verb: string, status: string) =>
      child({ value: examplesIn(child(contract, "paths", path, verb, "responses", status))[0]?.value }, "value")
    const draft = child(bodyOf("/crm-reports/design", "post", "200"), "draft")
    const read = bodyOf("/crm-reports/{id}", "get", "200")
    const snapshot = bodyOf("/crm-reports/snapshots/{snapshotId}", "get", "200")
    const saved = await app.call(bea, "POST /crm-reports", draft)
    assert.strictEqual(saved.status, 201, saved.text)
    const { defaultTimeframe, description, layout, title, visibility } = read
    const copy = await app.call(bea, "POST /crm-reports", { title, description, visibility, layout, defaultTimeframe })
    assert.strictEqual(copy.status, 201, copy.text)
    const change = { layout: snapshot["layout"], defaultTimeframe: snapshot["timeframe"] }
    const changed = await app.call(bea, `PATCH /crm-reports/${String(copy.json["id"])}`, change)
    assert.strictEqual(changed.status, 200, changed.text)
  })
})

/** The guide has request bodies of runs, of requests for records, and of filters. */
const bodies = [...readFileSync("src/api/openapi/guide.md", "utf8").matchAll(/```json\n([\s\S]*?)```/g)]
  .map(([, text = ""]) => JSON.parse(text))

describe("the bodies in the guide, sent literally", () => {
  it("the run, the records and the filters of the guide work", async () => {
    const run = bodies.find((body) => "widgets" in body)
    const records = bodies.find((body) => "widget" in body)
    const filters = bodies.find((body) => "source" in body)
    const widgets = [{ instanceId: "a", metricId: "leads.by_source", chart: "bar", filters }]
    const answers = [
      await app.call(ana, "POST /crm-reports/metrics/run", run),
      await app.call(ana, "POST /crm-reports/metrics/records", records),
      await app.call(ana, "POST /crm-reports/metrics/run", { widgets })
    ]
    for (const { status, text } of answers) {
      assert.strictEqual(status, 200, text)
      assert.notInclude(text, "\"error\":")
    }
  })
})

/** These are the forms of the published description: its paths, and the bodies that it shows. */
describe("the published calls, sent literally", () => {
  it("a report is created, run, frozen without a body, listed, renewed and deleted", async () => {
    const widget = { instanceId: "w1", metricId: "leads.created_over_time", chart: "area", groupBy: "source" }
    const filters = { tag: ["c031c593-e084-4900-a939-3b658a9daabc"], source: "portal", status: ["lead", "client"] }
    const timeframe = { preset: "last_30d", bucket: "day" }
    const layout = { widgets: [{ ...widget, filters, x: 0, y: 0, w: 6, h: 4 }] }
    const run = { widgets: [{ ...widget, filters }], assigneeIds: ["user_bea"], timeframe }
    assert.strictEqual((await app.call(ana, "POST /crm-reports/metrics/run", run)).status, 200)
    const created = await app.call(ana, "POST /crm-reports", { title: "Leads", layout, defaultTimeframe: timeframe })
    const path = `/crm-reports/${String(created.json["id"])}`
    const frozen = await app.call(ana, `POST ${path}/snapshots`)
    const snapshot = `/crm-reports/snapshots/${String(frozen.json["id"])}`
    const rest = [
      await app.call(ana, "GET /crm-reports"),
      await app.call(ana, `PATCH ${path}`, { title: "New", description: null, visibility: "organization", layout }),
      await app.call(ana, `GET ${path}/snapshots`),
      await app.call(ana, `GET ${snapshot}`),
      await app.call(ana, `POST ${snapshot}/renew`),
      await app.call(ana, `DELETE ${snapshot}`),
      await app.call(ana, `DELETE ${path}`)
    ]
    assert.deepStrictEqual([created.status, frozen.status, ...rest.map(({ status }) => status)], [
      201,
      201,
      200,
      200,
      200,
      200,
      200,
      204,
      204
    ])
  })
})
