import { child, isJsonObject } from "../../../src/api/openapi/jsonTree.ts"
import { type Generated, operations } from "./requestFor.ts"

/** The service counts the levels of larger bodies, and refuses too many. */
const bytes = 8 * 1024

const mark = "a nested value"

/** Puts the mark at the place of each value, and into a further property of each object. */
const marked = (value: unknown): ReadonlyArray<unknown> => {
  if (Array.isArray(value)) {
    return [
      mark,
      ...value.flatMap((one, at) => marked(one).map((other) => value.with(at, other)))
    ]
  }
  if (!isJsonObject(value)) return [mark]
  const inside = Object.entries(value).flatMap(([name, one]) =>
    marked(one).map((other) => ({ ...value, [name]: other }))
  )
  return [mark, { ...value, unknown: mark }, ...inside]
}

/** Returns bodies of 8 KiB, each with as many levels of nesting as it has room for. */
const nestedBodies = (value: unknown): ReadonlyArray<string> =>
  marked(value).map((one, index) => {
    const text = JSON.stringify(one)
    const [open, close] = index % 4 === 3 ? ["{\"a\":", "}"] : ["[", "]"]
    const levels = Math.floor((bytes - Buffer.byteLength(text)) / (open.length + close.length))
    return text.replace(JSON.stringify(mark), () => `${open.repeat(levels)}0${close.repeat(levels)}`)
  })

const view = { timeframe: { preset: "last_7d" }, filters: { source: ["web"] }, assigneeIds: ["ana"] }
const widget = { instanceId: "a", metricId: "leads.total", chart: "stat", filters: { source: ["web"] } }
const call = (method: string) => ({
  jsonrpc: "2.0",
  id: 1,
  method,
  params: { name: "run_metrics", arguments: { widgets: [widget] }, _meta: {} }
})

/** The requests have the bodies of the examples in the OpenAPI document and of messages to `/mcp`, with nested values. */
export const nestedRequests = (known: Readonly<Record<string, string>>): ReadonlyArray<Generated> => {
  const ofOperations = operations.flatMap(({ id, method, operation, path }) => {
    const examples = child(operation, "requestBody", "content", "application/json", "examples")
    const values = Object.values(examples).map((example) => isJsonObject(example) ? example["value"] : undefined)
    return [...values, ...(id === "updateSubscription" ? [{ view }] : [])].flatMap(nestedBodies).map((body) => ({
      method,
      path: path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => known[name] ?? ""),
      headers: { "idempotency-key": crypto.randomUUID() },
      body
    }))
  })
  const accept = "application/json, text/event-stream"
  const ofAgents = ["initialize", "tools/call", "tools/list"].flatMap((method) =>
    nestedBodies(call(method)).flatMap((body) => [
      { method: "POST", path: "/mcp", headers: { accept }, body },
      { method: "POST", path: "/mcp", headers: { accept, "mcp-protocol-version": "2026-07-28" }, body }
    ])
  )
  return [...ofOperations, ...ofAgents]
}
