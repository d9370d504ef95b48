import { afterEach, assert, beforeEach, describe, it } from "@effect/vitest"
import { deal, euros, member, noTables, time } from "../../../src/testing/rows.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const now = new Date("2024-05-17T09:30:00Z")
const admin = caller("admin", "ana")
const bo = caller("member", "bo")

const [org] = noTables.organizations

const tables = {
  ...noTables,
  organizations: org === undefined ? [] : [org, { ...org, organizationId: "rival" }],
  members: [member("ana", "Ana"), member("bo", "Bo"), member("ana", "Ana", null, { organizationId: "rival" })],
  deals: [
    deal("undated", "2024-04-01", { price: euros(1_000.01), ownerId: "bo" }),
    deal("late", "2024-04-02", { price: euros(70), expectedCloseAt: time("2024-05-16"), stage: "offer" }),
    deal("late in dollars", "2024-04-02", { price: euros(8), expectedCloseAt: time("2024-05-16"), currency: "USD" }),
    deal("soon", "2024-04-03", { price: euros(5), expectedCloseAt: time("2024-05-17"), stage: "signed" }),
    deal("of the rival", "2024-04-03", { organizationId: "rival", price: euros(100) })
  ]
}

const widgetOf = (metricId: string) => ({
  instanceId: metricId,
  metricId: `deals.${metricId}`,
  chart: metricId.endsWith("_over_time") ? "bar" : "stat"
})

let app: WebApp
beforeEach(() => {
  app = openWebApp(tables, { now })
})
afterEach(() => app.close())

const setWeights = (weights: object, who = admin) => app.call(who, "PUT /crm-reports/settings/stage-weights", weights)

const firstOf = (list: unknown): Record<string, unknown> => {
  const [first]: ReadonlyArray<unknown> = Array.isArray(list) ? list : []
  return { ...(typeof first === "object" ? first : {}) }
}

const run = async (metricId: string, who = admin, selection: object = { everyone: true }) => {
  const body = { widgets: [widgetOf(metricId)], ...selection }
  return firstOf((await app.call(who, "POST /crm-reports/metrics/run", body)).json["results"])
}

const recordsOf = async (metricId: string, at?: object) => {
  const body = { widget: widgetOf(metricId), everyone: true, ...(at !== undefined && { at }) }
  const { json, status } = await app.call(admin, "POST /crm-reports/metrics/records", body)
  const results: ReadonlyArray<unknown> = Array.isArray(json["results"]) ? json["results"] : []
  const ids = results.map((record) =>
    typeof record === "object" && record !== null && "id" in record ? record.id : undefined
  )
  return { status, json, ids }
}

describe("weights of a forecast", () => {
  it("without weights, the weighted pipeline has the error weights_missing, and so have its records", async () => {
    const errors = async () =>
      [(await run("weighted_pipeline"))["error"], (await recordsOf("weighted_pipeline")).json["error"]]
        .map((error) => error === undefined ? undefined : firstOf([error])["code"])
    assert.deepStrictEqual(await errors(), ["weights_missing", "weights_missing"])
    await setWeights({ offer: 50 })
    assert.deepStrictEqual(await errors(), [undefined, undefined])
    await setWeights({})
    assert.deepStrictEqual(await errors(), ["weights_missing", "weights_missing"])
  })

  it("each organization has its own weights", async () => {
    await setWeights({ qualified: 50 })
    const rival = caller("admin", "ana", "rival")
    assert.deepInclude(firstOf([(await run("weighted_pipeline", rival))["error"]]), { code: "weights_missing" })
    await setWeights({ qualified: 10 }, rival)
    assert.deepInclude(firstOf([(await run("weighted_pipeline", rival))["stat"]]), { value: 10 })
    assert.deepInclude(firstOf([(await run("weighted_pipeline"))["stat"]]), { value: 500.01 })
  })

  it("a member counts only the own deals with the weights of the organization", async () => {
    await setWeights({ qualified: 10, offer: 50 })
    const found = await run("weighted_pipeline", bo)
    assert.deepInclude(firstOf([found["stat"]]), { value: 100 })
    assert.deepInclude(firstOf([found["meta"]]), { weights: { qualified: 10, offer: 50 }, withoutWeight: [] })
  })

  it("a snapshot keeps the weights that it was made with", async () => {
    await setWeights({ qualified: 10 })
    const layout = { widgets: [widgetOf("weighted_pipeline")] }
    const { json: { id } } = await app.call(admin, "POST /crm-reports", { title: "Forecast", layout })
    const frozen = await app.call(admin, `POST /crm-reports/${id}/snapshots`, { everyone: true })
    await setWeights({ qualified: 90 })
    const { json } = await app.call(admin, `GET /crm-reports/snapshots/${frozen.json["id"]}`)
    const series = firstOf(json["series"])
    assert.deepInclude(firstOf([series["stat"]]), { value: 100 })
    assert.deepInclude(firstOf([series["meta"]]), { weights: { qualified: 10 } })
  })
})

describe("records of a forecast", () => {
  it("the records of an overdue number are the overdue deals in its currency", async () => {
    const { ids, json } = await recordsOf("overdue_close")
    assert.deepStrictEqual(ids, ["late"])
    assert.deepInclude(json, { total: 1, sums: { n: "70.00", d: null } })
  })

  it.each(["expected_value_over_time", "overdue_close"])(
    "the bucket ~none of %s has the deals without a date",
    async (metricId) => {
      const { ids, json } = await recordsOf(metricId, { bucket: "~none" })
      assert.deepStrictEqual(ids, ["undated"])
      assert.deepInclude(json, { total: 1, sums: { n: "1000.01", d: null } })
    }
  )

  it.each([
    ["expected_value_over_time", { bucket: "~none", series: "offer" }],
    ["expected_value_over_time", { bucket: "~none", category: "offer" }],
    ["overdue_close", { bucket: "~none", period: "previous" }],
    ["weighted_pipeline", { bucket: "~none" }],
    ["pipeline_value", { bucket: "~none" }],
    ["won_over_time", { bucket: "~none" }]
  ])("%s has no point %j", async (metricId, at) => {
    await setWeights({ qualified: 10 })
    const { json } = await recordsOf(metricId, at)
    assert.deepInclude(firstOf([json["error"]]), { code: "unknown_point" })
  })

  it("the weight of a record is its price times the weight of its stage, rounded to the cent", async () => {
    await setWeights({ qualified: 50, offer: 33.33, viewing: 20 })
    const { ids, json } = await recordsOf("weighted_pipeline")
    assert.deepStrictEqual(ids, ["late", "undated"])
    assert.deepInclude(json, { total: 2, sums: { n: "523.34", d: null } })
  })
})
