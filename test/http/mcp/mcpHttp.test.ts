import { afterAll, assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Layer } from "effect"
import { IdempotencyKeys } from "../../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { noTables } from "../../../src/testing/rows.ts"
import { handlerOver } from "../../support/handlerOver.ts"
import { mcpAppOver } from "../../support/McpApp.ts"
import { caller, sourcesOver } from "../../support/TestApp.ts"

const page = "https://app.crm.example"
const open = () =>
  mcpAppOver(handlerOver(Layer.mergeAll(
    sourcesOver(noTables),
    ReportRepo.layerMemory,
    SnapshotRepo.layerMemory,
    SubscriptionRepo.layerMemory,
    IdempotencyKeys.layerMemory,
    ConfigProvider.layer(ConfigProvider.fromEnv({ env: { CORS_ORIGINS: page } }))
  )))
const [app, other] = [open(), open()]
afterAll(() => Promise.all([app.close(), other.close()]))

const admin = caller("admin", "user_ana", "org_demo")
const token = app.tokenOf(admin)

const initialize = (protocolVersion: string) => ({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion, capabilities: {}, clientInfo: { name: "x", version: "1" } }
})
const opening = initialize("2025-11-25")
const call = (name: string, args = {}) => ({
  jsonrpc: "2.0",
  id: 2,
  method: "tools/call",
  params: { name, arguments: args }
})
interface Answer {
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: { readonly code: number }
}
const answerOf = async (response: Response): Promise<Answer> => JSON.parse(await response.text())

const current = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientCapabilities": {}
}

describe("the caller of /mcp", () => {
  it.each([
    ["no token", undefined],
    ["an empty token", ""],
    ["a token that is a word", "x"],
    ["an unknown key", "ak_unknown"]
  ])("a request to /mcp with %s gets 401", async (_name, one) => {
    const response = await app.ask(one, opening)
    assert.deepStrictEqual([response.status, response.headers.get("www-authenticate")], [401, "Bearer"])
  })

  it("a request to /mcp without a token gets 401, although its body is nested too deeply", async () => {
    assert.strictEqual((await app.ask(undefined, nested)).status, 401)
  })
})

describe("a client that sends initialize", () => {
  it.each([
    ["2025-11-25", "2025-11-25"],
    ["2025-06-18", "2025-06-18"],
    ["2025-03-26", "2025-11-25"]
  ])("an initialize request with the protocol version %s gets the version %s", async (offered, chosen) => {
    const { result } = await answerOf(await app.ask(token, initialize(offered)))
    assert.deepInclude(result ?? {}, { protocolVersion: chosen, capabilities: { tools: {} } })
  })

  it("an initialize request starts no session", async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => app.ask(token, opening)))
    assert.isTrue(answers.every(({ status }) => status === 200))
    assert.isFalse(answers.some(({ headers }) => headers.has("mcp-session-id")))
  })

  it("a client that initialized at one process may call another process", async () => {
    await app.ask(token, opening)
    const headers = { "mcp-protocol-version": "2025-11-25" }
    assert.strictEqual(
      (await other.ask(token, { jsonrpc: "2.0", method: "notifications/initialized" }, headers)).status,
      202
    )
    const { result } = await answerOf(await other.ask(token, call("list_reports"), headers))
    assert.deepStrictEqual(result?.["structuredContent"], { results: [], total: 0 })
  })

  it("a request lists the reports of its token's person, whatever session id it has", async () => {
    await app.post(admin, "", { title: "Only Ana's", layout: { widgets: [] } })
    const listed = async (one: string) => (await app.ask(one, call("list_reports"), { "mcp-session-id": "any" })).text()
    assert.include(await listed(token), "Only Ana's")
    assert.notInclude(await listed(app.tokenOf(caller("member", "user_bea", "org_demo"))), "Only Ana's")
  })

  const outcomeOf = async (message: object) => {
    const response = await app.ask(token, message)
    const { error, result } = await answerOf(response)
    return [response.status, error?.code ?? result]
  }

  it("a ping gets an empty result", async () => {
    assert.deepStrictEqual(await outcomeOf({ jsonrpc: "2.0", id: 2, method: "ping" }), [200, {}])
  })

  it("an unknown method or tool gets a JSON-RPC error with status 200", async () => {
    assert.deepStrictEqual(await outcomeOf({ jsonrpc: "2.0", id: 2, method: "no/such" }), [200, -32601])
    assert.deepStrictEqual(await outcomeOf(call("no_such")), [200, -32602])
  })
})

const nested = Array.from({ length: 65 }).reduce<unknown>((inside) => [inside], "x".repeat(9_000))

describe("a request to /mcp", () => {
  it.each([
    ["a batch of two calls", [call("list_reports"), call("list_reports")]],
    ["a body that is nested too deeply", nested],
    ["a call whose arguments are nested too deeply", call("run_metrics", { widgets: nested })],
    ["a body with more than 20,000 values", call("run_metrics", { widgets: Array.from({ length: 20_001 }, () => 1) })]
  ])("%s gets 400", async (_name, body) => {
    const versions = ["2026-07-28", "2025-11-25", "2025-03-26"].map((version) => ({ "mcp-protocol-version": version }))
    const answers = await Promise.all([{}, ...versions].map((headers) => app.ask(token, body, headers)))
    assert.deepStrictEqual(answers.map(({ status }) => status), [400, 400, 400, 400])
  })

  it.each([
    ["an object", { a: 1 }],
    ["an object whose property toString is a number", { toString: 1 }],
    ["a number", 7],
    ["null", null],
    ["a list", ["list_reports"]]
  ])("a call whose tool name is %s gets an error in words in each protocol version", async (_name, name) => {
    const message = { ...call(""), params: { name, arguments: {}, _meta: current } }
    const versions: ReadonlyArray<Record<string, string>> = [
      {},
      { "mcp-protocol-version": "2025-06-18" },
      { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": "x" }
    ]
    const answers = await Promise.all(versions.map((headers) => app.ask(token, message, headers)))
    assert.deepStrictEqual(answers.map(({ status }) => status), [400, 400, 400])
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    for (const text of texts) assert.match(text, /"code":-32\d\d\d,"message":"[^"]*name/i)
  })

  it("a subscription gets an error instead of a response that stays open", async () => {
    const headers = { "mcp-protocol-version": "2026-07-28", "mcp-method": "subscriptions/listen" }
    const params = { _meta: current, notifications: { toolsListChanged: true } }
    const listen = { jsonrpc: "2.0", id: 3, method: "subscriptions/listen", params }
    assert.include(await (await app.ask(token, listen, headers)).text(), "Method not found: subscriptions/listen")
  })

  it.each(["GET", "DELETE"])("%s /mcp gets 405", async (method) => {
    const response = await app.ask(token, undefined, {}, method)
    assert.deepStrictEqual([response.status, response.headers.get("allow")], [405, "POST, OPTIONS"])
  })
})

describe("a page that calls /mcp", () => {
  const preflight = (origin: string) =>
    app.ask(undefined, undefined, { origin, "access-control-request-method": "POST" }, "OPTIONS")

  it("a preflight of /mcp from a listed origin needs no token", async () => {
    const { headers, status } = await preflight(page)
    assert.deepStrictEqual([status, headers.get("access-control-allow-methods")], [204, "POST, OPTIONS"])
    assert.strictEqual(headers.get("access-control-allow-origin"), page)
    assert.match(
      headers.get("access-control-allow-headers") ?? "",
      /Authorization.*Mcp-Method, Mcp-Name, Mcp-Protocol-Version/
    )
  })

  it("a page of a listed origin may read an answer of /mcp", async () => {
    const { headers, status } = await app.ask(token, opening, { origin: page })
    assert.deepStrictEqual([status, headers.get("access-control-allow-origin")], [200, page])
  })

  it("every POST to /mcp from an unlisted origin gets 403", async () => {
    const origin = "https://evil.example"
    assert.isFalse((await preflight(origin)).headers.has("access-control-allow-origin"))
    const statuses = await Promise.all(
      [opening, call("list_reports")].map(async (message) => (await app.ask(token, message, { origin })).status)
    )
    assert.deepStrictEqual(statuses, [403, 403])
  })
})
