import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { noTables } from "../../../src/testing/rows.ts"
import { layout } from "../../conformance/people.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const ana = caller("member", "ana", "org_a")

let app: WebApp
beforeAll(() => {
  app = openWebApp(noTables)
})
afterAll(() => app.close())

const create = (body: unknown, who = ana) => app.call(who, "POST /crm-reports", body)
const made = async (body: unknown = { title: "Saved", layout }, who = ana) =>
  String((await create(body, who)).json["id"])
const read = (id: string, headers: Record<string, string> = {}) =>
  app.call(ana, `GET /crm-reports/${id}`, undefined, headers)

const [widget] = layout.widgets
const withWidget = (change: object) => ({ title: "t", layout: { widgets: [{ ...widget, ...change }] } })

describe("a report that is saved", () => {
  it("a new report has an id, an owner and an ETag, and is private", async () => {
    const { headers, json, status } = await create({ title: "Sales", layout })
    assert.strictEqual(status, 201)
    assert.strictEqual(headers.get("etag"), `"1.0"`)
    const { createdAt, id, updatedAt, ...rest } = json
    assert.match(String(id), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/)
    assert.match(String(createdAt), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    assert.strictEqual(createdAt, updatedAt)
    assert.deepStrictEqual(rest, {
      organizationId: "org_a",
      ownerId: "ana",
      title: "Sales",
      description: null,
      visibility: "private",
      people: [],
      layout,
      defaultTimeframe: { preset: "last_30d", bucket: "day" },
      defaultFilters: null,
      defaultPeople: null,
      snapshotCount: 0
    })
  })

  it("a report and its snapshot return unknown fields and filters of the layout unchanged", async () => {
    const kept =
      `{"__proto__":{"polluted":1},"z":1,"widgets":[{"y":0,"instanceId":"toString","metricId":"leads.by_source",` +
      `"chart":"bar","x":0,"w":1,"h":1,"filters":{"tag":["' OR 1=1 --",{"_tag":"Literal","value":"(SELECT 1)"}],` +
      `"__proto__":["x"],"constructor":{"prototype":{"polluted":1}}},"timeframe":{"preset":"last_7d","odd":1}}],` +
      `"theme":{"_tag":"Literal","value":"(SELECT usename FROM pg_user LIMIT 1)"},"2":"b","1":"a"}`
    const sent = `{"title":"t","layout":${kept}}`
    const answer = await create(sent)
    assert.strictEqual(answer.status, 201)
    assert.strictEqual(JSON.stringify(answer.json["layout"]), JSON.stringify(JSON.parse(kept)))
    const id = String(answer.json["id"])
    assert.include((await read(id)).text, `"filters":{"tag":["' OR 1=1 --",{"_tag":"Literal"`)
    const frozen = await app.call(ana, `POST /crm-reports/${id}/snapshots`, {})
    assert.strictEqual(frozen.status, 201)
    assert.strictEqual(JSON.stringify(frozen.json["layout"]), JSON.stringify(JSON.parse(kept)))
    assert.isUndefined(Reflect.get({}, "polluted"))
  })

  it("a new or changed report with a field that the caller may not set is refused", async () => {
    const id = await made()
    const theirs = { id: crypto.randomUUID(), organizationId: "org_b", ownerId: "olga", snapshotCount: 9, version: 7 }
    const answers = [
      await create({ title: "t", layout, ...theirs }),
      await app.call(ana, `PATCH /crm-reports/${id}`, { title: "u", ...theirs })
    ]
    for (const { json, status } of answers) {
      const paths = Array.isArray(json["issues"]) ? json["issues"].map(({ path }) => path) : []
      assert.deepStrictEqual([status, paths], [400, Object.keys(theirs)])
    }
    assert.deepInclude((await read(id)).json, { title: "Saved", organizationId: "org_a", ownerId: "ana" })
  })

  it("a member may save a report with an admin-only metric, but its snapshot has no numbers", async () => {
    const id = await made(withWidget({ metricId: "deals.commission_breakdown", chart: "bar" }))
    const { json } = await app.call(ana, `POST /crm-reports/${id}/snapshots`, {})
    const [series] = Array.isArray(json["series"]) ? json["series"] : []
    assert.deepInclude(series, { series: [], points: [] })
    assert.strictEqual(series.meta.gated, "admin_only")
  })

  it("the title of a report may have 120 emoji but not 121", async () => {
    assert.strictEqual((await create({ title: "🏠".repeat(120), layout })).status, 201)
    assert.strictEqual((await create({ title: "🏠".repeat(121), layout })).status, 400)
  })
})
