import { afterAll, assert, describe, it } from "@effect/vitest"
import { countTokens } from "gpt-tokenizer"
import { demoTables } from "../../../src/testing/demoTables.ts"
import { openMcpApp } from "../../support/McpApp.ts"
import { caller } from "../../support/TestApp.ts"

const admin = caller("admin", "user_ana", "org_demo")
const app = openMcpApp({ tables: demoTables({ leads: 600 }), roleOf: () => "member" })
const token = app.tokenOf(admin)
afterAll(() => app.close())

const limit = 20_000
/** A tokenizer needs four tokens for this character. */
const rare = "\u{12345}"
const versions = ["2026-07-28", "2025-11-25"] as const
const meta = {
  "io.modelcontextprotocol/protocolVersion": versions[0],
  "io.modelcontextprotocol/clientCapabilities": {}
}

/** Returns the response body, which contains the tool's answer twice: as text and as JSON. */
const bodyOf = async (name: string, args: object, version: typeof versions[number]) => {
  const isCurrent = version === versions[0]
  const message = { jsonrpc: "2.0", id: 1, method: "tools/call" }
  const params = { name, arguments: args, ...(isCurrent && { _meta: meta }) }
  const named = { "mcp-method": "tools/call", "mcp-name": `=?base64?${Buffer.from(name).toString("base64")}?=` }
  const headers = { "mcp-protocol-version": version, ...(isCurrent && named) }
  return (await app.ask(token, { ...message, params }, headers)).text()
}
const tokensOf = async (name: string, args: object) =>
  Promise.all(versions.map(async (version) => countTokens(await bodyOf(name, args, version))))

const widget = { instanceId: "a", metricId: "leads.created_over_time", chart: "area", groupBy: "assignee" }
const wrong = Array.from({ length: 3_000 }, () => ({ unknown: "value ".repeat(16) }))
const year = { ...widget, timeframe: { preset: "last_12m", bucket: "day" } }
const times = (count: number, one: object) =>
  Array.from({ length: count }, (_, index) => ({ ...one, instanceId: `w${index}` }))

describe("the answers of /mcp, measured in tokens of a model", () => {
  it.each([
    ["a search without words", "search_metrics", {}],
    ["a year by day in groups", "run_metrics", { everyone: true, widgets: [year] }],
    ["nine widgets with a year by day", "run_metrics", { everyone: true, widgets: times(9, year) }],
    ["50 widgets", "run_metrics", { everyone: true, widgets: times(50, widget) }],
    ["20 records", "records", { everyone: true, widget: { ...widget, groupBy: "status" } }],
    ["3,000 wrong widgets", "run_metrics", { widgets: wrong }],
    ["an unknown argument with a long name", "run_metrics", { [rare.repeat(50_000)]: 1, widgets: [widget] }],
    ["an unknown tool with a long name", rare.repeat(1_000), {}],
    ["an unknown tool with a very long name", rare.repeat(50_000), {}]
  ])("the answer to %s has at most 20,000 tokens", async (_case, name, args) => {
    for (const tokens of await tokensOf(name, args)) assert.isAtMost(tokens, limit)
  })

  it("the answer of list_reports to three long reports has more than 10,000 and at most 20,000 tokens", async () => {
    const report = { title: rare.repeat(60), description: rare.repeat(500), layout: { widgets: [] } }
    await Promise.all([1, 2, 3].map(() => app.post(admin, "", report)))
    const counts = await tokensOf("list_reports", {})
    assert.isAtMost(Math.max(...counts), limit)
    assert.isAbove(Math.min(...counts), limit / 2)
  })

  it("the answer to 3,000 wrong widgets says that a key is missing", async () => {
    const bodies = await Promise.all(versions.map((version) => bodyOf("run_metrics", { widgets: wrong }, version)))
    for (const body of bodies) assert.match(body, /for tool 'run_metrics': Missing key.*"isError":true/s)
  })
})
