import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import type { Tables } from "../../src/metrics/crm.ts"
import { lead, member, noTables } from "../../src/testing/rows.ts"
import { caller } from "../support/TestApp.ts"
import { openWebApp, type WebApp } from "../support/WebApp.ts"

const tables: Tables = {
  ...noTables,
  members: [member("ana", "Ana"), member("bo", "Bo")],
  leads: [lead("1", "2024-06-01", { ownerId: "ana" }), lead("2", "2024-06-02", { ownerId: "bo" })]
}

const boss = caller("admin", "ana")
const ana = caller("member", "ana")
const year = { preset: "custom", from: "2024-01-01", to: "2024-12-31", bucket: "month" }

let app: WebApp
beforeAll(() => {
  app = openWebApp(tables)
})
afterAll(() => app.close())

const save = async (layout: object, more: object = {}) => {
  const body = { title: "Saved", layout, defaultTimeframe: year, visibility: "organization", ...more }
  const { json, status, text } = await app.call(boss, "POST /crm-reports", body)
  assert.strictEqual(status, 201, text)
  return String(json["id"])
}

const untimed = (text: string) => text.replaceAll(/"asOf":"[^"]*"/g, "\"asOf\":\"\"")

const total = { instanceId: "total", metricId: "leads.total", chart: "stat" }
const months = { instanceId: "months", metricId: "leads.created_over_time", chart: "area" }

const nullsOf = (names: ReadonlyArray<string>) => Object.fromEntries(names.map((name) => [name, null]))
const widgetNulls = nullsOf(["groupBy", "comparePrevious", "timeframe", "filters"])
const timeframeNulls = nullsOf(["timeZone", "weekStart"])

describe("an absent body", () => {
  it.each(["run", "snapshots"])(
    "POST /:id/%s without a body, with null, and with {} gives equal series",
    async (name) => {
      const id = await save({ widgets: [total, months] })
      const answers = await Promise.all(
        [undefined, "null", {}].map((body) => app.call(boss, `POST /crm-reports/${id}/${name}`, body))
      )
      const seriesIn = ({ json }: (typeof answers)[number]) =>
        untimed(JSON.stringify(json["results"] ?? json["series"]))
      assert.deepStrictEqual(answers.map(({ status }) => status), Array(3).fill(name === "run" ? 200 : 201))
      assert.include(seriesIn(answers[0] ?? assert.fail()), "\"value\":1")
      assert.strictEqual(new Set(answers.map(seriesIn)).size, 1)
    }
  )

  it.each([["7", "7"], ["a list", "[]"], ["a text", "\"x\""]])(
    "a run of a report with the body %s gets 400",
    async (_name, body) => {
      const id = await save({ widgets: [total] })
      const { json, status } = await app.call(boss, `POST /crm-reports/${id}/run`, body)
      assert.deepStrictEqual([status, json["message"]], [400, ["Expected object"]])
    }
  )
})

describe("null in an optional property", () => {
  it("null in every optional property of a run gives the series of a run without these properties", async () => {
    const plain = { widgets: [total, { ...months, timeframe: year }], timeframe: year }
    const nulls = {
      widgets: [{ ...total, ...widgetNulls }, { ...months, ...widgetNulls, timeframe: { ...year, ...timeframeNulls } }],
      timeframe: { ...year, ...timeframeNulls },
      assigneeIds: null,
      everyone: null
    }
    const [a, b] = await Promise.all(
      [plain, nulls].map((body) => app.call(boss, "POST /crm-reports/metrics/run", body))
    )
    assert.strictEqual(b?.status, 200, b?.text)
    assert.strictEqual(untimed(b?.text ?? ""), untimed(a?.text ?? "-"))
  })

  it("null in `from` and `to` of a preset, and in the timeframe itself, is as if they were absent", async () => {
    const timeframe = { preset: "all_time", from: null, to: null, bucket: null }
    const { json, status } = await app.call(boss, "POST /crm-reports/metrics/run", { widgets: [total], timeframe })
    assert.strictEqual(status, 200)
    assert.include(JSON.stringify(json), "\"value\":1")
    assert.strictEqual(
      (await app.call(boss, "POST /crm-reports/metrics/run", { widgets: [], timeframe: null })).status,
      200
    )
  })

  it("null in every optional property of a request for records lists the same records", async () => {
    const plain = { widget: total, timeframe: year }
    const at = nullsOf(["bucket", "series", "category", "period"])
    const nulls = {
      ...plain,
      widget: { ...total, ...widgetNulls },
      at,
      ...nullsOf(["part", "cursor", "limit", "assigneeIds"])
    }
    const [a, b] = await Promise.all(
      [plain, nulls].map((body) => app.call(boss, "POST /crm-reports/metrics/records", body))
    )
    assert.strictEqual(untimed(b?.text ?? ""), untimed(a?.text ?? "-"))
  })

  it("null in optional properties of a saved widget is stored verbatim and counts as absent", async () => {
    const layout = {
      widgets: [{ ...total, ...widgetNulls, title: null, ...nullsOf(["x", "y", "w", "h"]), mine: null }],
      mine: null
    }
    const id = await save(layout)
    assert.deepStrictEqual((await app.call(boss, `GET /crm-reports/${id}`)).json["layout"], layout)
    const run = await app.call(boss, `POST /crm-reports/${id}/run`, { timeframe: null })
    const direct = await app.call(boss, "POST /crm-reports/metrics/run", { widgets: [total], timeframe: year })
    assert.strictEqual(untimed(run.text), untimed(direct.text))
    const csv = await app.call(boss, `GET /crm-reports/${id}/export?format=csv`)
    assert.strictEqual(csv.status, 200)
    assert.include(csv.text, "Total new leads")
  })

  it("null in optional properties of a report is as if they were absent, and a null description clears it", async () => {
    const id = await save({ widgets: [] }, { description: "Old", ...nullsOf(["visibility", "defaultTimeframe"]) })
    const nulls = nullsOf(["title", "visibility", "layout", "defaultTimeframe"])
    const { json, status } = await app.call(boss, `PATCH /crm-reports/${id}`, { ...nulls, description: null })
    assert.strictEqual(status, 200)
    assert.deepInclude(json, { title: "Saved", visibility: "private", description: null })
  })

  it("null in a saved timeframe's property is stored verbatim and counts as absent", async () => {
    const defaultTimeframe = { ...year, ...timeframeNulls }
    const id = await save({ widgets: [{ ...total, timeframe: defaultTimeframe }, months] }, { defaultTimeframe })
    assert.deepStrictEqual((await app.call(boss, `GET /crm-reports/${id}`)).json["defaultTimeframe"], defaultTimeframe)
    const { json } = await app.call(boss, `POST /crm-reports/${id}/run`)
    assert.notInclude(JSON.stringify(json), "\"error\"")
  })

  it.each([
    [{ assigneeIds: null, everyone: false }, 1],
    [{ assigneeIds: null, everyone: true }, 2],
    [{ assigneeIds: ["bo"], everyone: null }, 1]
  ])("null in the saved people %j is stored verbatim and counts as absent", async (defaultPeople, value) => {
    const id = await save({ widgets: [total] }, { defaultPeople })
    assert.deepStrictEqual((await app.call(boss, `GET /crm-reports/${id}`)).json["defaultPeople"], defaultPeople)
    const run = await app.call(boss, `POST /crm-reports/${id}/run`)
    const frozen = await app.call(boss, `POST /crm-reports/${id}/snapshots`)
    const file = await app.call(boss, `GET /crm-reports/${id}/export?format=csv`)
    assert.deepStrictEqual([run.status, frozen.status, file.status], [200, 201, 200])
    for (const { text } of [run, frozen]) assert.include(text, `"stat":{"value":${value},`)
    assert.notMatch(JSON.stringify(frozen.json["view"]), /null/)
  })

  it("null in a required property is refused", async () => {
    const { json, status } = await app.call(boss, "POST /crm-reports/metrics/run", {
      widgets: [{ ...total, metricId: null }]
    })
    assert.deepStrictEqual([status, JSON.stringify(json["issues"]).includes("widgets[0].metricId")], [400, true])
  })
})

describe("the selection of a member", () => {
  const oddSelections: ReadonlyArray<readonly [name: string, selection: object]> = [
    ["null", { assigneeIds: null, everyone: null }],
    ["a text", { assigneeIds: "bo", everyone: "yes" }],
    ["an object", { assigneeIds: { id: "bo" }, everyone: {} }],
    ["a list of objects", { assigneeIds: [{}], everyone: [true] }],
    ["1,001 ids", { assigneeIds: Array(1_001).fill("bo") }]
  ]

  it.each(oddSelections)(
    "a member who selects people by %s gets own numbers from each surface",
    async (_name, selection) => {
      const id = await save({ widgets: [total] })
      const body = { widgets: [total], timeframe: year, ...selection }
      const answers = [
        await app.call(ana, "POST /crm-reports/metrics/run", body),
        await app.call(ana, `POST /crm-reports/${id}/run`, selection),
        await app.call(ana, `POST /crm-reports/${id}/snapshots`, selection)
      ]
      assert.deepStrictEqual(answers.map(({ status }) => status), [200, 200, 201])
      for (const { text } of answers) assert.include(text, "\"stat\":{\"value\":1,")
      const records = await app.call(ana, "POST /crm-reports/metrics/records", {
        widget: total,
        timeframe: year,
        ...selection
      })
      assert.deepStrictEqual([records.status, records.json["total"]], [200, 1])
    }
  )

  it.each(oddSelections.slice(1))(
    "an admin who selects people by %s gets 400 and the path",
    async (_name, selection) => {
      const { json, status } = await app.call(boss, "POST /crm-reports/metrics/run", { widgets: [total], ...selection })
      assert.deepStrictEqual([status, JSON.stringify(json["issues"]).includes("assigneeIds")], [400, true])
    }
  )
})
