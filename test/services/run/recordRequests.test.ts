import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { office } from "../../support/office.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

let app: WebApp
beforeAll(() => {
  app = openWebApp(office)
})
afterAll(() => app.close())

const timeframe = { preset: "custom", from: "2024-05-01", to: "2024-05-31", bucket: "month" }
const bySource = {
  instanceId: "w",
  metricId: "leads.created_over_time",
  chart: "bar",
  groupBy: "source",
  timeframe
}
const team = { instanceId: "w", metricId: "team.leads_by_agent", chart: "bar", timeframe }

const ask = (body: object, role: "admin" | "member" = "admin") =>
  app.call(caller(role, "ana"), "POST /crm-reports/metrics/records", { widget: bySource, ...body })

const idsOf = ({ json }: Awaited<ReturnType<typeof ask>>): ReadonlyArray<unknown> => {
  const { results } = json
  return Array.isArray(results) ? results.map((record: { readonly id: string }) => record.id) : []
}

const hostile = [
  ["an unknown bucket", { bucket: "2024-04-01" }],
  ["a bucket that is no date", { bucket: "x' OR '1'='1" }],
  ["an unknown series", { series: "ads" }],
  ["the series __proto__", { series: "__proto__" }],
  ["the series constructor", { series: "constructor" }],
  ["the series ~other of a chart without ~other", { series: "~other" }],
  ["a category of a timeseries", { category: "web" }],
  ["the previous period of a timeseries without comparePrevious", { period: "previous" }],
  ["a person as series when the chart is grouped by source", { series: "dora" }]
] as const

describe("requests for records", () => {
  it.each(hostile)("a request for %s gets no records and the error unknown_point", async (_name, at) => {
    const { json, status } = await ask({ at })
    assert.strictEqual(status, 200)
    assert.deepInclude(json, { results: [], total: 0, next: null })
    assert.strictEqual(JSON.parse(JSON.stringify(json["error"])).code, "unknown_point")
  })

  it.each([
    ["a point whose bucket is an object", { bucket: { $ne: null } }],
    ["a point whose series is a list", { series: ["web"] }],
    ["a point whose category is a number", { category: 7 }],
    ["a point with an unknown period", { period: "next" }],
    ["a point with a series of 10,001 characters", { series: "x".repeat(10_001) }],
    ["a point with a NUL character", { series: "a\u0000" }],
    ["a list in place of a point", [{ series: "web" }]],
    ["a text in place of a point", "series"],
    ["a point whose period is true", { period: true }],
    ["a point with a misspelled key", { sereis: "web" }],
    ["a point with the key __proto__", JSON.parse("{\"__proto__\":{\"series\":\"web\"}}")],
    ["a point with the key toString", { bucket: "2024-05-01", toString: "x" }]
  ])("a request for the records of %s gets 400", async (_name, at) => {
    assert.strictEqual((await ask({ at })).status, 400)
  })

  it("a misspelled key of a point is named in the error, with the keys that a point has", async () => {
    const { json } = await ask({ at: { sereis: "web" } })
    const [issue] = JSON.parse(JSON.stringify(json["issues"]))
    assert.deepStrictEqual(issue, {
      path: "at.sereis",
      message: "is not a key of a point, which has bucket, series, category, period"
    })
  })

  it("a request for records with a body of 10 MB gets 413", async () => {
    const at = { series: "x".repeat(10_000_000) }
    assert.strictEqual((await ask({ at })).status, 413)
  })

  it.each(["x", "", "bnVsbA", "WzEsMiwzXQ", Buffer.from(JSON.stringify([8e15, 0, "a"])).toString("base64url")])(
    "a request for records with the cursor %j gets 400",
    async (cursor) => assert.strictEqual((await ask({ cursor })).status, 400)
  )

  it.each([0, 201, 1.5])("a request for records with the limit %s gets 400", async (limit) => {
    assert.strictEqual((await ask({ limit })).status, 400)
  })

  it("a request for the records of a person outside the scope gets no records", async () => {
    const { json } = await ask({ widget: team, assigneeIds: ["ana", "bo"], at: { category: "dora" } })
    assert.deepInclude(json, { results: [], total: 0 })
  })

  it("a member gets no records of an admin-only metric", async () => {
    const { json } = await ask({ widget: team, at: { category: "ana" } }, "member")
    assert.deepInclude(json, { results: [], total: 0, columns: [] })
    assert.strictEqual(JSON.parse(JSON.stringify(json["meta"])).gated, "admin_only")
  })

  it("the records of one agent in deals.commission_by_agent add up to that agent's shares", async () => {
    const commission = { instanceId: "w", metricId: "deals.commission_by_agent", chart: "leaderboard", timeframe }
    const { json } = await ask({ widget: commission, assigneeIds: ["ana", "bo", "cy", "ed"], at: { category: "bo" } })
    assert.deepInclude(json, { sums: { n: "530.00", d: null }, amountUnit: "money" })
  })

  it("the fields `assigneeIds` and `everyone` do not change which records a member gets", async () => {
    const own = idsOf(await ask({}, "member"))
    assert.deepStrictEqual(idsOf(await ask({ assigneeIds: ["dora", "bo"], everyone: true }, "member")), own)
  })
})

const pagesFrom = async (cursor: unknown): Promise<ReadonlyArray<unknown>> => {
  const page = await ask({ assigneeIds: everyone, limit: 1, ...(cursor !== null && { cursor }) })
  const next = page.json["next"] ?? null
  return next === null ? idsOf(page) : [...idsOf(page), ...await pagesFrom(next)]
}

const everyone = ["ana", "bo", "cy", "ed"]

describe("pages of records", () => {
  it("reading one record per page gives the same records as one page with all records", async () => {
    const whole = idsOf(await ask({ assigneeIds: everyone }))
    assert.isAbove(whole.length, 2)
    assert.deepStrictEqual(await pagesFrom(null), whole)
  })
})

describe("totals of records", () => {
  it("the second page of records has the total and the sums of the first page", async () => {
    const first = (await ask({ assigneeIds: everyone, limit: 1 })).json
    const second = (await ask({ assigneeIds: everyone, limit: 1, cursor: first["next"] })).json
    assert.isAbove(Number(first["total"]), 2)
    assert.deepStrictEqual([second["total"], second["sums"]], [first["total"], first["sums"]])
  })
})

describe("parts of records", () => {
  it("the part `records` has the same records on each page, and neither a total nor sums", async () => {
    const first = await ask({ assigneeIds: everyone, limit: 1, part: "records" })
    const second = await ask({ assigneeIds: everyone, limit: 1, cursor: first.json["next"] })
    for (const { json } of [first, second]) assert.deepInclude(json, { total: null, sums: null })
    const whole = idsOf(await ask({ assigneeIds: everyone }))
    assert.deepStrictEqual([...idsOf(first), ...idsOf(second)], whole.slice(0, 2))
  })

  it("the part `totals` has no records, and the total and the sums of all records", async () => {
    const { sums, total } = (await ask({ assigneeIds: everyone, limit: 1 })).json
    const { json } = await ask({ assigneeIds: everyone, part: "totals" })
    assert.deepInclude(json, { results: [], total, sums, next: null })
  })

  it("both parts of the records are empty when nobody is in scope", async () => {
    const records = await ask({ assigneeIds: ["nobody"], part: "records" })
    assert.deepInclude(records.json, { results: [], total: null, sums: null, next: null })
    const totals = await ask({ assigneeIds: ["nobody"], part: "totals" })
    assert.deepInclude(totals.json, { results: [], total: 0, sums: { n: "0", d: null }, next: null })
  })

  it("the part `totals` with a cursor gets 400", async () => {
    const { next } = (await ask({ assigneeIds: everyone, limit: 1 })).json
    const { json, status } = await ask({ assigneeIds: everyone, part: "totals", cursor: next })
    assert.strictEqual(status, 400)
    assert.strictEqual(JSON.parse(JSON.stringify(json["issues"]))[0].path, "part")
  })

  it("an unknown part gets 400", async () => {
    assert.strictEqual((await ask({ part: "sums" })).status, 400)
  })
})

describe("records as CSV", () => {
  it("a CSV file has a line for every record even when the request has a smaller limit", async () => {
    const { total } = (await ask({ assigneeIds: everyone })).json
    const file = await app.call(
      caller("admin", "ana"),
      "POST /crm-reports/metrics/records",
      { widget: bySource, assigneeIds: everyone, limit: 1 },
      { accept: "text/csv" }
    )
    assert.strictEqual(file.status, 200)
    assert.match(file.headers.get("content-disposition") ?? "", /^attachment; filename=records\.csv$/)
    const lines = file.text.trimEnd().split("\r\n")
    assert.lengthOf(lines, Number(total) + 1)
    assert.match(lines[0] ?? "", /^\ufeff?type,id,at,link,n,d,Status,Source,/)
  })

  it("a request for the CSV file of an unknown point gets 400", async () => {
    const body = { widget: bySource, at: { series: "ads" } }
    const file = await app.call(caller("admin", "ana"), "POST /crm-reports/metrics/records", body, {
      accept: "text/csv"
    })
    assert.strictEqual(file.status, 400)
  })
})
