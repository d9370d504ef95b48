import { afterAll, assert, it } from "@effect/vitest"
import { ConfigProvider, Context, Effect, Layer, Logger, Option, Schema } from "effect"
import { CurrentCaller } from "../../src/domain/Caller.ts"
import { contentTypes, recordFormats } from "../../src/domain/DocumentFormat.ts"
import { ResponseBudget } from "../../src/http/middleware/responseBudget.ts"
import { BuilderOptions } from "../../src/services/access/BuilderOptions.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { AuditLog } from "../../src/services/reports/AuditLog/AuditLog.ts"
import { IdempotencyKeys } from "../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import { lead, noTables } from "../../src/testing/rows.ts"
import { signTestToken } from "../../src/testing/signTestToken.ts"
import { handlerOver } from "../support/handlerOver.ts"

const tables = { ...noTables, leads: Array.from({ length: 2_500 }, (_, index) => lead(`L${index}`, "2024-05-01")) }
const readers: Array<string | undefined> = []
const noteReader = Effect.map(
  Effect.serviceOption(CurrentCaller),
  (found) => void readers.push(Option.getOrUndefined(found)?.userId)
)
const source = Layer.effect(
  MetricSource,
  Effect.map(MetricSource, (inner): MetricSource["Service"] => ({
    ...inner,
    open: (scope, check) => Effect.andThen(noteReader, inner.open(scope, check))
  }))
).pipe(Layer.provide(MetricSource.layerMemory(tables)))
/** Imitates a log of three pages. */
const log = Layer.effect(
  AuditLog,
  Effect.map(AuditLog, (inner): AuditLog["Service"] => ({
    ...inner,
    list: (_caller, { cursor = "first" }) =>
      Effect.as(noteReader, { results: [], next: { first: "second", second: "third" }[cursor] ?? null })
  }))
).pipe(Layer.provide(AuditLog.layerMemory))
const beneath = Layer.mergeAll(
  source,
  Organizations.layerMemory(tables),
  BuilderOptions.layerMemory(tables),
  ReportRepo.layerMemory,
  SnapshotRepo.layerMemory,
  SubscriptionRepo.layerMemory,
  IdempotencyKeys.layerMemory,
  log,
  // So every request is logged, with its person.
  ConfigProvider.layer(ConfigProvider.fromEnv({ env: { SLOW_REQUEST: "0 seconds" } }))
)
const reserved: Array<string> = []
const budget = Layer.succeed(ResponseBudget, {
  reserve: ({ headers: { accept = "" } }, owner, bytes) => void reserved.push(`${accept}: ${bytes} of ${owner}`),
  resize: ({ headers: { accept = "" } }, bytes) => void reserved.push(`${accept}: ${bytes}`),
  isAborted: () => false
})
const { dispose, handler } = handlerOver(beneath, undefined, undefined, budget)
afterAll(dispose)

const session = (userId: string) => signTestToken({ organizationId: "org_demo", userId, role: "member" })
const both = "application/json, text/event-stream"
const sent = async (token: string | undefined, url: string, body?: unknown, accept = both, encoding?: string) => {
  const request = new Request(`http://crm.example${url}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      accept,
      "content-type": "application/json",
      ...(encoding !== undefined && { "accept-encoding": encoding }),
      ...(token !== undefined && { authorization: `Bearer ${token}` })
    },
    ...(body !== undefined && { body: JSON.stringify(body) })
  })
  const lines: Array<string> = []
  const logger = Logger.map(Logger.formatLogFmt, (line) => void lines.push(line))
  const response = await handler(request, Context.make(Logger.CurrentLoggers, new Set([logger])))
  return { owner: /\buserId=(\S+)/.exec(lines.join())?.[1], text: await response.text() }
}
const Made = Schema.fromJsonString(Schema.Struct({ secret: Schema.String }))
const keyOf = async (userId: string) => {
  const { text } = await sent(session(userId), "/crm-reports/keys", { name: "x", scopes: ["reports:read"] })
  return Schema.decodeSync(Made)(text).secret
}

it.each([
  ["/crm-reports/catalog", undefined],
  ["/mcp", { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} }]
])("the owner of a response of %s is the person of the session or key", async (url, body) => {
  const tokens = [session("ana"), await keyOf("ana"), await keyOf("ana"), await keyOf("bea"), undefined, "ak_unknown"]
  const found = await Promise.all(tokens.map((token) => sent(token, url, body)))
  assert.deepStrictEqual(found.map(({ owner }) => owner), ["ana", "ana", "ana", "bea", undefined, undefined])
})

it.each(recordFormats)("a %s file of records is aborted if its client stops reading", async (format) => {
  const body = { widget: { instanceId: "w", metricId: "leads.total", chart: "stat" } }
  const accept = contentTypes[format]
  await sent(session("ana"), "/crm-reports/metrics/records", body, accept)
  assert.deepStrictEqual(reserved.filter((one) => one.startsWith(accept)), [`${accept}: 0 of ana`])
})

it("a large response belongs to the person of the session, and its compression changes only its number of bytes", async () => {
  const accept = "application/json"
  const timeframe = { preset: "custom", from: "2024-01-01", to: "2024-12-31", bucket: "day" }
  const widgets = Array.from({ length: 40 }, (_, index) => ({
    instanceId: `w${index}`,
    metricId: "leads.created_over_time",
    chart: "line",
    timeframe
  }))
  await sent(session("ana"), "/crm-reports/metrics/run", { widgets }, accept, "gzip")
  const [first = "", second = "", ...more] = reserved.filter((one) => one.startsWith(`${accept}: `))
  assert.match(first, /: \d+ of ana$/)
  assert.match(second, /: \d+$/)
  assert.isBelow(Number.parseInt(second.slice(accept.length + 2)), Number.parseInt(first.slice(accept.length + 2)))
  assert.deepStrictEqual(more, [])
})

it("every page of a file of records is read for the person of the session", async () => {
  const widget = { instanceId: "w", metricId: "leads.total", chart: "stat", timeframe: { preset: "all_time" } }
  readers.length = 0
  const token = signTestToken({ organizationId: "org", userId: "ana", role: "admin" })
  const { text } = await sent(token, "/crm-reports/metrics/records", { widget }, contentTypes.csv)
  assert.strictEqual(text.trim().split("\n").length, 1 + tables.leads.length)
  assert.deepStrictEqual(readers, ["ana", "ana", "ana"])
})

it("every page of the file of the audit log is read for the person of the session", async () => {
  readers.length = 0
  const token = signTestToken({ organizationId: "org", userId: "ana", role: "admin" })
  await sent(token, "/crm-reports/audit", undefined, contentTypes.csv)
  assert.deepStrictEqual(readers, ["ana", "ana", "ana"])
})
