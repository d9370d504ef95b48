import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { noTables } from "../../src/testing/rows.ts"
import { caller } from "../support/TestApp.ts"
import { openWebApp, type WebApp } from "../support/WebApp.ts"

const ana = caller("member", "ana")
const bo = caller("member", "bo")
const layout = { widgets: [] }

let app: WebApp
beforeAll(() => {
  app = openWebApp(noTables)
})
afterAll(() => app.close())

const create = async (more: object = {}) => {
  const answer = await app.call(ana, "POST /crm-reports", { title: "Made", layout, ...more })
  assert.strictEqual(answer.status, 201, answer.text)
  return { id: String(answer.json["id"]), answer }
}

describe("the header Location", () => {
  it("a created report has a Location that reads it", async () => {
    const { answer, id } = await create()
    const location = answer.headers.get("location") ?? ""
    assert.strictEqual((await app.call(ana, `GET ${location}`)).json["id"], id)
  })

  it("a frozen report has a Location that reads the snapshot, also when the response is repeated", async () => {
    const { id } = await create()
    const key = { "idempotency-key": "freeze-once" }
    const first = await app.call(ana, `POST /crm-reports/${id}/snapshots`, undefined, key)
    const again = await app.call(ana, `POST /crm-reports/${id}/snapshots`, undefined, key)
    assert.strictEqual(again.headers.get("idempotency-replayed"), "true")
    const location = first.headers.get("location") ?? ""
    assert.strictEqual(again.headers.get("location"), location)
    assert.strictEqual((await app.call(ana, `GET ${location}`)).json["id"], first.json["id"])
  })

  it("a created key has a Location that revokes it", async () => {
    const created = await app.call(ana, "POST /crm-reports/keys", { name: "script", scopes: ["reports:read"] })
    const location = created.headers.get("location") ?? ""
    assert.strictEqual((await app.call(ana, `DELETE ${location}`)).status, 204)
  })
})

describe("a change without properties", () => {
  it.each([["{}", {}], ["no body", undefined], ["null in each property", { title: null, visibility: null }]])(
    "a PATCH with %s returns the report, and its version and time stay",
    async (_name, body) => {
      const { answer, id } = await create({ visibility: "organization" })
      const patched = await app.call(ana, `PATCH /crm-reports/${id}`, body)
      assert.deepStrictEqual([patched.status, patched.json], [200, answer.json])
      assert.strictEqual(patched.headers.get("etag"), answer.headers.get("etag"))
      const late = await app.call(ana, `PATCH /crm-reports/${id}`, body, { "if-match": "\"9.0\"" })
      assert.strictEqual(late.status, 412)
      assert.strictEqual((await app.call(bo, `PATCH /crm-reports/${id}`, body)).status, 403)
    }
  )
})

describe("an unknown property", () => {
  it.each(["POST", "PATCH"])("a %s of a report with misspelled properties gets 400 and their names", async (method) => {
    const { answer, id } = await create()
    const path = method === "POST" ? "/crm-reports" : `/crm-reports/${id}`
    const { json, status } = await app.call(ana, `${method} ${path}`, { title: "T", layout, titel: "X", owner: 1 })
    assert.strictEqual(status, 400)
    const properties = "title, description, visibility, people, layout, defaultTimeframe, defaultFilters, defaultPeople"
    const message = `is not a property of a report, which has ${properties}`
    assert.deepStrictEqual(json["issues"], [{ path: "titel", message }, { path: "owner", message }])
    assert.deepStrictEqual((await app.call(ana, `GET /crm-reports/${id}`)).json, answer.json)
  })

  it("unknown properties inside a layout are kept", async () => {
    const kept = { widgets: [{ instanceId: "a", metricId: "leads.total", chart: "stat", left: 3 }], columns: 24 }
    const { answer } = await create({ layout: kept })
    assert.deepStrictEqual(answer.json["layout"], kept)
  })
})

describe("a path between two routes", () => {
  it.each(["GET", "PATCH", "DELETE", "POST", "PUT"])(
    "%s /crm-reports/snapshots and /metrics get 404 route_not_found",
    async (method) => {
      const body = ["GET", "DELETE"].includes(method) ? undefined : {}
      const answers = await Promise.all(
        ["snapshots", "metrics"].map((path) => app.call(ana, `${method} /crm-reports/${path}`, body))
      )
      for (const { json, status } of answers) assert.deepStrictEqual([status, json["code"]], [404, "route_not_found"])
    }
  )

  it("a report id that is not a UUID still gets 400", async () => {
    assert.strictEqual((await app.call(ana, "GET /crm-reports/snapshot")).status, 400)
  })
})
