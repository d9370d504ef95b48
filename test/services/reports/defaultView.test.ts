import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import type { Caller } from "../../../src/domain/Caller.ts"
import type { View } from "../../../src/domain/Run.ts"
import type { Tables } from "../../../src/metrics/crm.ts"
import { lead, member, noTables } from "../../../src/testing/rows.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const tables: Tables = {
  ...noTables,
  members: [member("ana", "Ana"), member("bo", "Bo"), { ...member("zoe", "Zoe"), organizationId: "other" }],
  leads: [
    lead("1", "2024-06-01", { ownerId: "ana", source: "web" }),
    lead("2", "2024-06-02", { ownerId: "bo", source: "web" }),
    lead("3", "2024-06-03", { ownerId: "bo", source: "web" }),
    lead("4", "2024-06-03", { ownerId: "bo", source: "portal" }),
    { ...lead("5", "2024-06-03", { ownerId: "zoe", source: "web" }), organizationId: "other" }
  ]
}

const year = { preset: "custom", from: "2024-01-01", to: "2024-12-31", bucket: "month" }
const widgets = [{ instanceId: "total", metricId: "leads.total", chart: "stat" }]
const web = { source: ["web"] }

const boss = caller("admin", "boss")
const bo = caller("member", "bo")
const ana = caller("member", "ana")

let app: WebApp
beforeAll(() => {
  app = openWebApp(tables)
})
afterAll(() => app.close())

const saved = async (more: object, who = boss) => {
  const body = { title: "Saved", visibility: "organization", layout: { widgets }, defaultTimeframe: year, ...more }
  const { json, status, text } = await app.call(who, "POST /crm-reports", body)
  assert.strictEqual(status, 201, text)
  return `/crm-reports/${String(json["id"])}`
}

const totalIn = (text: string) => Number(text.match(/"stat":\{"value":(\d+)/)?.[1])

/** Returns the total in a run, in a file, and in a snapshot of the report. */
const totals = async (who: Caller, path: string, view: View = {}) => {
  const run = await app.call(who, `POST ${path}/run`, view)
  const file = await app.call(who, `POST ${path}/run`, view, { accept: "text/csv" })
  const frozen = await app.call(who, `POST ${path}/snapshots`, view)
  const inFile = Number(file.text.match(/^total,(?:[^,]*,){5}(\d+),/m)?.[1])
  return [totalIn(run.text), inFile, totalIn(frozen.text)]
}

const same = (total: number) => [total, total, total]

describe("the default view of a report", () => {
  it("default filters limit runs, files and snapshots that name no filters", async () => {
    const path = await saved({ defaultFilters: web })
    assert.deepStrictEqual(await totals(bo, path), same(2))
    assert.deepStrictEqual(await totals(bo, path, { filters: { source: "portal" } }), same(1))
    assert.deepStrictEqual(await totals(bo, path, { filters: {} }), same(3))
    const exported = await app.call(bo, `GET ${path}/export?format=csv`)
    assert.match(exported.text, /^total,(?:[^,]*,){5}2,/m)
  })

  it.each([
    ["a text", "x", "defaultFilters"],
    ["a list", [1], "defaultFilters"],
    ["a number as value", { tag: null, source: 7 }, "defaultFilters.source"],
    ["a list of numbers as value", { source: ["web", 7] }, "defaultFilters.source"]
  ])("default filters with %s get 400", async (_name, defaultFilters, at) => {
    const body = { title: "Saved", layout: { widgets }, defaultFilters }
    const { json, status } = await app.call(boss, "POST /crm-reports", body)
    assert.strictEqual(status, 400)
    assert.include(JSON.stringify(json), `"path":"${at}"`)
  })

  it("default people count for an admin who names no people", async () => {
    const everyone = await saved({ defaultPeople: { everyone: true } })
    assert.deepStrictEqual(await totals(boss, everyone), same(4))
    const ofAna = await saved({ defaultPeople: { assigneeIds: ["ana", "zoe"] } })
    assert.deepStrictEqual(await totals(boss, ofAna), same(1))
    assert.deepStrictEqual(await totals(boss, ofAna, { everyone: true }), same(4))
    assert.deepStrictEqual(await totals(boss, ofAna, { assigneeIds: ["bo"] }), same(3))
    assert.deepStrictEqual(await totals(boss, ofAna, { assigneeIds: [] }), same(0))
    assert.deepStrictEqual(await totals(boss, ofAna, { everyone: false }), same(0))
  })

  it("default people neither count for a member nor are shown to one", async () => {
    const path = await saved({ defaultPeople: { assigneeIds: ["ana", "bo"] } })
    assert.deepStrictEqual([await totals(ana, path), await totals(bo, path)], [same(1), same(3)])
    const { json, text } = await app.call(ana, `GET ${path}`)
    assert.isNull(json["defaultPeople"])
    assert.notInclude(text, "\"bo\"")
    const frozen = await app.call(ana, `POST ${path}/snapshots`)
    assert.deepStrictEqual(frozen.json["view"], { timeframe: year })
    const list = await app.call(boss, "GET /crm-reports?limit=100")
    assert.notInclude(list.text, "defaultPeople")
    assert.notInclude(list.text, "defaultFilters")
  })

  it("default people that a member sends are ignored, also in an own report that an admin opens", async () => {
    const path = await saved({ defaultPeople: { everyone: true } }, bo)
    assert.isNull((await app.call(boss, `GET ${path}`)).json["defaultPeople"])
    assert.deepStrictEqual(await totals(boss, path), same(0))
    const before = await app.call(bo, `GET ${path}`)
    const after = await app.call(bo, `PATCH ${path}`, { defaultPeople: { everyone: true } })
    assert.strictEqual(after.status, 200)
    assert.strictEqual(after.headers.get("etag"), before.headers.get("etag"))
  })

  it("a member's snapshot does not change when default people and rows outside the scope change", async () => {
    const alone = openWebApp({ ...tables, leads: tables.leads.filter(({ ownerId }) => ownerId === "ana") })
    const body = { title: "Own", layout: { widgets }, defaultTimeframe: year, defaultFilters: web }
    const seriesIn = async (over: WebApp, people: object) => {
      const { json } = await over.call(boss, "POST /crm-reports", {
        ...body,
        visibility: "organization",
        defaultPeople: people
      })
      const { text } = await over.call(ana, `POST /crm-reports/${String(json["id"])}/run`)
      return text.replaceAll(/"asOf":"[^"]*"/g, "")
    }
    const found = await seriesIn(app, { everyone: true })
    assert.strictEqual(totalIn(found), 1)
    assert.strictEqual(await seriesIn(app, { assigneeIds: ["bo"] }), found)
    assert.strictEqual(await seriesIn(alone, { everyone: true }), found)
    await alone.close()
  })

  it.each([
    ["a text", "x"],
    ["an unknown property", { people: ["ana"] }],
    ["ids that are no list", { assigneeIds: "ana" }]
  ])("default people with %s get 400", async (_name, defaultPeople) => {
    const { json, status } = await app.call(boss, "POST /crm-reports", {
      title: "Saved",
      layout: { widgets },
      defaultPeople
    })
    assert.strictEqual(status, 400)
    assert.match(JSON.stringify(json), /"path":"defaultPeople/)
  })

  it("null removes default filters and people, and the body of a report is a valid change of it", async () => {
    const path = await saved({ defaultFilters: web, defaultPeople: { everyone: true } })
    const { defaultFilters, defaultPeople, layout, title } = (await app.call(boss, `GET ${path}`)).json
    const again = await app.call(boss, `PATCH ${path}`, { defaultFilters, defaultPeople, layout, title })
    assert.deepStrictEqual([again.json["defaultFilters"], again.json["defaultPeople"]], [web, { everyone: true }])
    const { json } = await app.call(boss, `PATCH ${path}`, { defaultFilters: null, defaultPeople: null })
    assert.deepStrictEqual([json["defaultFilters"], json["defaultPeople"]], [null, null])
  })
})
