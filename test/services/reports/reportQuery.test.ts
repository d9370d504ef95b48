import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { noTables } from "../../../src/testing/rows.ts"
import { layout } from "../../conformance/people.ts"
import { caller } from "../../support/TestApp.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const ana = caller("member", "ana")
const bea = caller("member", "bea")

let app: WebApp
let id: string
beforeAll(async () => {
  app = openWebApp(noTables)
  id = String((await app.call(ana, "POST /crm-reports", { title: "Beta", layout })).json["id"])
  await app.call(ana, "POST /crm-reports", { title: "Alpha", description: "of the beta", layout })
  await app.call(bea, "POST /crm-reports", { title: "Secret beta", layout })
})
afterAll(() => app.close())

const listed = async (query: string) => {
  const { json, status } = await app.call(ana, `GET /crm-reports?${query}`)
  assert.strictEqual(status, 200)
  return [Array.isArray(json["results"]) ? json["results"].map(({ title }) => title) : [], json["total"]]
}

describe("the list of reports", () => {
  it("search and sort apply to the list of reports that the caller may read", async () => {
    assert.deepStrictEqual(await listed("sort=title"), [["Alpha", "Beta"], 2])
    assert.deepStrictEqual(await listed("search=BETA&sort=-title&limit=1"), [["Beta"], 2])
    assert.deepStrictEqual(await listed("search=secret"), [[], 0])
  })

  it.each([
    ["sort=size", "sort=size"],
    ["sort=", "sort="],
    ["sort=title&sort=-title", "sort=title&sort=-title"],
    ["a search text of 201 characters", `search=${"x".repeat(201)}`],
    ["search=%00", "search=%00"]
  ])(
    "a request for the list of reports with %s gets 400 with the name of the parameter",
    async (_what, query) => {
      const { json, status } = await app.call(ana, `GET /crm-reports?${query}`)
      assert.strictEqual(status, 400)
      const [issue] = Array.isArray(json["issues"]) ? json["issues"] : []
      assert.strictEqual(issue?.path, query.slice(0, query.indexOf("=")))
    }
  )
})

describe("an operation without a body", () => {
  it("a POST without a body gets no 415 for its content type", async () => {
    const request = `POST /crm-reports/snapshots/${id}/renew`
    const form = { "content-type": "application/x-www-form-urlencoded" }
    assert.strictEqual((await app.call(ana, request, undefined, form)).status, 404)
  })
})

describe("an unknown query parameter", () => {
  it("an unknown query parameter gets 400 with the names of the known parameters", async () => {
    const { json, status } = await app.call(ana, "GET /crm-reports?serach=x&limit=5")
    assert.strictEqual(status, 400)
    assert.deepStrictEqual(json["issues"], [{
      path: "serach",
      message: "is not a query parameter of this operation, which has page, limit, search, sort"
    }])
  })

  it.each([
    "GET /crm-reports/{id}",
    "GET /crm-reports/catalog",
    "GET /crm-reports/options",
    "DELETE /crm-reports/{id}"
  ])(
    "an unknown query parameter of %s, which has no query parameters, gets 400",
    async (request) => {
      const { json, status } = await app.call(ana, `${request.replace("{id}", id)}?everyone=true`)
      assert.strictEqual(status, 400)
      assert.deepStrictEqual(json["issues"], [{
        path: "everyone",
        message: "is not allowed: this operation has no query parameters"
      }])
    }
  )

  it.each([";limt=1", ";?limit=1", "??limit=1"])("the unknown query parameter of %s gets 400", async (query) => {
    assert.strictEqual((await app.send(ana, `GET /crm-reports${query}`)).status, 400)
  })

  it("a known query parameter after a semicolon gets 200", async () => {
    assert.strictEqual((await app.send(ana, "GET /crm-reports;limit=1")).status, 200)
  })

  it("a request with an unknown query parameter and an invalid token gets 401", async () => {
    const { status } = await app.call(ana, "GET /crm-reports?serach=x", undefined, { authorization: "Bearer none" })
    assert.strictEqual(status, 401)
  })
})
