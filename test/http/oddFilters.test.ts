import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import type { Tables } from "../../src/metrics/crm.ts"
import { deal, lead, member, noTables } from "../../src/testing/rows.ts"
import { caller } from "../support/TestApp.ts"
import { openWebApp, type WebApp } from "../support/WebApp.ts"

const tables: Tables = {
  ...noTables,
  members: [member("ana", "Ana"), member("bo", "Bo")],
  leads: [lead("1", "2024-06-01", { ownerId: "ana" }), lead("2", "2024-06-02", { ownerId: "bo" })],
  deals: [deal("3", "2024-06-03", { ownerId: "ana" })]
}

const boss = caller("admin", "ana")
const year = { preset: "custom", from: "2024-01-01", to: "2024-12-31", bucket: "month" }

let app: WebApp
beforeAll(() => {
  app = openWebApp(tables)
})
afterAll(() => app.close())

const save = async (layout: object) => {
  const body = { title: "Saved", layout, defaultTimeframe: year, visibility: "organization" }
  const { json, status, text } = await app.call(boss, "POST /crm-reports", body)
  assert.strictEqual(status, 201, text)
  return String(json["id"])
}

const untimed = (text: string) => text.replaceAll(/"asOf":"[^"]*"/g, "\"asOf\":\"\"")

const total = { instanceId: "total", metricId: "leads.total", chart: "stat" }

const odd: ReadonlyArray<readonly [name: string, filters: unknown]> = [
  ["a text", "x"],
  ["an empty text", ""],
  ["a list of a number", [1]],
  ["an empty list", []],
  ["a number", 0],
  ["a boolean", false]
]

describe("filters that are not an object", () => {
  it.each(odd)(
    "with %s as filters, a widget counts nothing in each surface and says so, beside a sound widget",
    async (_name, filters) => {
      const widgets = [
        { ...total, filters },
        { instanceId: "stage", metricId: "deals.by_stage", chart: "bar", filters },
        { ...total, instanceId: "sound" },
        { ...total, instanceId: "same" }
      ]
      const id = await save({ widgets })
      assert.deepStrictEqual((await app.call(boss, `GET /crm-reports/${id}`)).json["layout"], { widgets })
      const body = { widgets, timeframe: year }
      const run = await app.call(boss, "POST /crm-reports/metrics/run", body)
      assert.strictEqual(run.status, 200, run.text)
      const saved = await app.call(boss, `POST /crm-reports/${id}/run`)
      assert.strictEqual(untimed(saved.text), untimed(run.text))
      const frozen = await app.call(boss, `POST /crm-reports/${id}/snapshots`)
      const frozenSeries = untimed(JSON.stringify(frozen.json["series"]))
      assert.deepStrictEqual(JSON.parse(frozenSeries), JSON.parse(untimed(JSON.stringify(run.json["results"]))))

      const results = run.json["results"]
      assert(Array.isArray(results))
      const [first, stage, sound, same] = results
      assert.deepStrictEqual([first.stat.value, first.meta.filters], [0, { applied: {}, ignored: [], invalid: true }])
      assert.deepStrictEqual(stage.meta.filters, first.meta.filters)
      assert.isTrue(stage.points.every(({ value }: { readonly value: number }) => value === 0))
      assert.deepStrictEqual([sound.stat.value, sound.meta.filters], [1, { applied: {}, ignored: [] }])
      assert.strictEqual(same.stat.value, 1)

      const csv = await app.call(boss, `GET /crm-reports/${id}/export?format=csv`)
      assert.match(csv.text, /^total,.*,0,/m)
      assert.match(csv.text, /^sound,.*,1,/m)
      const records = await app.call(boss, "POST /crm-reports/metrics/records", { widget: widgets[0], timeframe: year })
      assert.deepStrictEqual([records.status, records.json["total"], records.json["results"]], [200, 0, []])
    }
  )
})
