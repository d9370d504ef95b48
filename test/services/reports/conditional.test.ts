import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Exit, Scope } from "effect"
import type { Role } from "../../../src/domain/Caller.ts"
import { type KeptApp, keptApp } from "../../support/KeptApp.ts"

const scope = Scope.makeUnsafe()
let app: KeptApp
let etag: string
beforeAll(async () => {
  app = await Effect.runPromise(Effect.provideService(keptApp("memory"), Scope.Scope, scope))
  etag = (await ask()).headers.get("etag") ?? ""
})
afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

const ask = (headers: Record<string, string> = {}, role: Role = "member", method = "GET") =>
  app.call("/crm-reports/catalog", { method, headers }, { role })

describe("the catalog", () => {
  it("two requests for the catalog get the same strong ETag", async () => {
    assert.match(etag, /^"[^"]+"$/)
    assert.strictEqual((await ask()).headers.get("etag"), etag)
  })

  it("the catalogs of an admin and of a member have different ETags", async () => {
    assert.notStrictEqual((await ask({}, "admin")).headers.get("etag"), etag)
    assert.strictEqual((await ask({ "if-none-match": etag }, "admin")).status, 200)
  })

  const matching = {
    "the ETag": () => etag,
    "the weak form of the ETag": () => `W/${etag}`,
    "a list with the ETag": () => `"old", W/${etag},"x"`,
    "a star": () => "*"
  }

  it.each(Object.entries(matching))("the catalog gives 304 when If-None-Match is %s", async (_what, header) => {
    const answer = await ask({ "if-none-match": header() })
    assert.strictEqual(answer.status, 304)
    assert.strictEqual(answer.text, "")
    assert.strictEqual(answer.headers.get("etag"), etag)
    assert.isTrue(answer.headers.has("x-request-id"))
    assert.match(answer.headers.get("vary") ?? "", /Authorization/)
  })

  it.each(["\"old\"", "W/\"old\"", "old", "", "\"", "w/*", "\"*\""])(
    "the catalog gives 200 for the header If-None-Match: %s",
    async (header) => {
      assert.strictEqual((await ask({ "if-none-match": header })).status, 200)
    }
  )

  it("the catalog gives 304 when If-None-Match has the weak ETag of its compressed form", async () => {
    const compressed = await ask({ "accept-encoding": "gzip" }, "member", "HEAD")
    const weak = compressed.headers.get("etag") ?? ""
    assert.strictEqual(compressed.headers.get("content-encoding"), "gzip")
    assert.strictEqual(weak, `W/${etag}`)
    assert.strictEqual((await ask({ "if-none-match": weak })).status, 304)
  })

  it("HEAD of the catalog gives the ETag and no body", async () => {
    const answer = await ask({}, "member", "HEAD")
    assert.strictEqual(answer.status, 200)
    assert.strictEqual(answer.headers.get("etag"), etag)
    assert.strictEqual(answer.text, "")
    assert.strictEqual((await ask({ "if-none-match": etag }, "member", "HEAD")).status, 304)
  })

  it("the catalog has Cache-Control: private, no-store", async () => {
    const { headers } = await ask()
    assert.strictEqual(headers.get("cache-control"), "private, no-store")
    assert.strictEqual(headers.get("x-content-type-options"), "nosniff")
  })
})

describe("a report", () => {
  const report = { title: "Q1", layout: { widgets: [] } }
  const save = () => app.call("/crm-reports", { method: "POST", body: JSON.stringify(report) }, {})

  it("PATCH accepts the weak form of the report's current ETag", async () => {
    const saved = await save()
    const change = (version: string) =>
      app.call(`/crm-reports/${saved.json.id}`, {
        method: "PATCH",
        body: JSON.stringify({ title: "Q2" }),
        headers: { "if-match": version }
      }, {})
    assert.strictEqual((await change(`W/${saved.headers.get("etag")}`)).status, 200)
    assert.strictEqual((await change(`W/${saved.headers.get("etag")}`)).status, 412)
  })
})

describe("methods", () => {
  const anId = "00000000-0000-4000-8000-000000000000"

  it.each([
    ["/crm-reports", "GET, HEAD, POST, OPTIONS"],
    [`/crm-reports/${anId}`, "GET, HEAD, PATCH, DELETE, OPTIONS"],
    ["/crm-reports/metrics/run", "POST, OPTIONS"],
    [`/crm-reports/${anId}/snapshots`, "GET, HEAD, POST, OPTIONS"],
    [`/crm-reports/snapshots/${anId}`, "GET, HEAD, DELETE, OPTIONS"],
    [`/crm-reports/snapshots/${anId}/renew`, "POST, OPTIONS"],
    ["/crm-reports/catalog", "GET, HEAD, OPTIONS"],
    ["/crm-reports/options", "GET, HEAD, OPTIONS"],
    ["/health", "GET, HEAD, OPTIONS"],
    ["/openapi.json", "GET, HEAD, OPTIONS"]
  ])("the path %s allows the methods %s", async (path, allowed) => {
    const [refused, told] = [
      await app.call(path, { method: "PUT" }, {}),
      await app.call(path, { method: "OPTIONS" }, {})
    ]
    assert.deepStrictEqual([refused.status, refused.headers.get("allow")], [405, allowed])
    assert.deepStrictEqual([told.status, told.headers.get("allow")], [204, allowed])
  })
})
