import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { noTables } from "../../../src/testing/rows.ts"
import { layout } from "../../conformance/people.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const ana = caller("member", "ana", "org_a")
const admin = caller("admin", "adam", "org_a")

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

const pathsOf = ({ json }: Awaited<ReturnType<WebApp["call"]>>) =>
  Array.isArray(json["issues"]) ? json["issues"].map(({ path }) => path) : []

describe("versions", () => {
  it("GET of a report gives 304 when If-None-Match has the report's ETag", async () => {
    const id = await made()
    const { headers } = await read(id)
    const known = headers.get("etag") ?? ""
    const named = [known, `"x", ${known}`, `W/${known}`, "*"]
    const answers = await Promise.all(named.map((tags) => read(id, { "if-none-match": tags })))
    const told = answers.map(({ headers, status, text }) => [status, text, headers.get("etag")])
    assert.deepStrictEqual(told, named.map(() => [304, "", known]))
    await app.call(ana, `POST /crm-reports/${id}/snapshots`, {})
    const counted = await read(id, { "if-none-match": known })
    assert.strictEqual(counted.status, 200)
    assert.strictEqual(counted.headers.get("etag"), `"1.1"`)
  })

  it("If-Match compares only the version in a report's ETag, not the number of snapshots", async () => {
    const id = await made()
    const { headers } = await read(id)
    await app.call(ana, `POST /crm-reports/${id}/snapshots`, {})
    const ifMatch = { "if-match": headers.get("etag") ?? "" }
    const first = await app.call(ana, `PATCH /crm-reports/${id}`, { title: "first" }, ifMatch)
    assert.strictEqual(first.status, 200)
    assert.strictEqual(first.headers.get("etag"), `"2.1"`)
    const second = await app.call(ana, `PATCH /crm-reports/${id}`, { title: "second" }, ifMatch)
    assert.strictEqual(second.status, 412)
    assert.strictEqual(second.json["code"], "report_changed")
    assert.strictEqual((await app.call(ana, `DELETE /crm-reports/${id}`, undefined, ifMatch)).status, 412)
    assert.deepInclude((await read(id)).json, { title: "first" })
    const odd = ["nonsense", `"99999999999999999999.0"`, `"x"`]
    const refusals = await Promise.all(
      odd.map((tags) => app.call(ana, `PATCH /crm-reports/${id}`, {}, { "if-match": tags }))
    )
    assert.deepStrictEqual(refusals.map(({ status }) => status), [412, 412, 412])
    assert.strictEqual((await app.call(ana, `DELETE /crm-reports/${id}`, undefined, { "if-match": "*" })).status, 204)
    assert.strictEqual((await read(id)).status, 404)
  })

  it("six concurrent changes with the same If-Match get 200 once and 412 five times", async () => {
    const id = await made()
    const change = (title: string) => app.call(ana, `PATCH /crm-reports/${id}`, { title }, { "if-match": `"1.0"` })
    const answers = await Promise.all(["a", "b", "c", "d", "e", "f"].map(change))
    assert.deepStrictEqual(answers.map(({ status }) => status).sort(), [200, 412, 412, 412, 412, 412])
  })

  it("a PATCH with a null description removes the description of a report", async () => {
    const id = await made({ title: "t", description: "d", layout })
    const { json } = await app.call(ana, `PATCH /crm-reports/${id}`, { description: null })
    assert.isNull(json["description"])
  })
})

describe("lists", () => {
  it("each report is on exactly one page of the list of reports", async () => {
    const lena = caller("member", "lena", "org_list")
    await Promise.all(["a", "b", "c"].map((title) => create({ title, layout }, lena)))
    const pages = await Promise.all([1, 2, 3].map((page) => app.call(lena, `GET /crm-reports?limit=2&page=${page}`)))
    const titles = pages.map(({ json }) =>
      Array.isArray(json["results"]) ? json["results"].map(({ title }) => title) : []
    )
    assert.deepStrictEqual(pages.map(({ json }) => json["total"]), [3, 3, 3])
    assert.deepStrictEqual(titles.map(({ length }) => length), [2, 1, 0])
    assert.sameMembers(titles.flat(), ["a", "b", "c"])
  })

  it.each([
    "page=0",
    "page=-1",
    "page=1.5",
    "page=abc",
    "page=1000000000",
    "page=",
    "limit=0",
    "limit=101",
    "limit=1e1",
    "limit=%2B5",
    "limit=%205",
    "limit=0x5",
    "page=1&page=2"
  ])(
    "a request for a list with %s gets 400 with the name of the parameter",
    async (query) => {
      const answer = await app.call(ana, `GET /crm-reports?${query}`)
      assert.strictEqual(answer.status, 400)
      assert.deepStrictEqual(pathsOf(answer).map((path) => path.replace(/\[.*/, "")), [query.split("=")[0]])
      const id = await made()
      assert.strictEqual((await app.call(ana, `GET /crm-reports/${id}/snapshots?${query}`)).status, 400)
    }
  )
})

describe("ids", () => {
  it.each([
    ["%00", "%00"],
    ["%ff", "%ff"],
    ["..%2f", "..%2f"],
    ["of 10,000 characters", "x".repeat(10_000)],
    ["1", "1"],
    ["snapshots", "snapshots"],
    ["{00000000-0000-0000-0000-000000000000}", "{00000000-0000-0000-0000-000000000000}"]
  ])(
    "a GET with the id %s gets 400, 404 or 405",
    async (_what, id) => {
      const paths = [`/crm-reports/${id}`, `/crm-reports/snapshots/${id}`, `/crm-reports/${id}/snapshots`]
      const answers = await Promise.all(paths.map((path) => app.call(ana, `GET ${path}`)))
      for (const { status } of answers) assert.oneOf(status, [400, 404, 405])
    }
  )

  it("a report is found by its id in upper case", async () => {
    const id = await made()
    assert.strictEqual((await read(id.toUpperCase())).json["id"], id)
  })

  it("a snapshot path with a report id gets 404, and so does a report path with a snapshot id", async () => {
    const id = await made()
    const { json } = await app.call(ana, `POST /crm-reports/${id}/snapshots`, {})
    assert.strictEqual((await app.call(ana, `GET /crm-reports/snapshots/${id}`)).status, 404)
    assert.strictEqual((await read(String(json["id"]))).status, 404)
  })

  it("the paths /catalog, /options and /metrics/run get 200 and are not read as report ids", async () => {
    assert.strictEqual((await app.call(admin, "GET /crm-reports/catalog")).status, 200)
    assert.strictEqual((await app.call(admin, "GET /crm-reports/options")).status, 200)
    assert.strictEqual((await app.call(admin, "POST /crm-reports/metrics/run", { widgets: [] })).status, 200)
  })
})
