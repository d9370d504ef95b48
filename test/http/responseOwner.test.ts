import { afterAll, assert, it } from "@effect/vitest"
import { ConfigProvider, Context, Layer, Logger, Schema } from "effect"
import { contentTypes, recordFormats } from "../../src/domain/DocumentFormat.ts"
import { ResponseBudget } from "../../src/http/middleware/responseBudget.ts"
import { IdempotencyKeys } from "../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { noTables } from "../../src/testing/rows.ts"
import { signTestToken } from "../../src/testing/signTestToken.ts"
import { handlerOver } from "../support/handlerOver.ts"
import { sourcesOver } from "../support/TestApp.ts"

const beneath = Layer.mergeAll(
  sourcesOver(noTables),
  ReportRepo.layerMemory,
  SnapshotRepo.layerMemory,
  SubscriptionRepo.layerMemory,
  IdempotencyKeys.layerMemory,
  // So every request is logged, with its person.
  ConfigProvider.layer(ConfigProvider.fromEnv({ env: { SLOW_REQUEST: "0 seconds" } }))
)
const reserved: Array<string> = []
const budget = Layer.succeed(ResponseBudget, {
  reserve: ({ headers: { accept = "" } }, owner, bytes) => void reserved.push(`${accept}: ${bytes} of ${owner}`),
  isAborted: () => false
})
const { dispose, handler } = handlerOver(beneath, undefined, undefined, budget)
afterAll(dispose)

const session = (userId: string) => signTestToken({ organizationId: "org_demo", userId, role: "member" })
const both = "application/json, text/event-stream"
const sent = async (token: string | undefined, url: string, body?: unknown, accept = both) => {
  const request = new Request(`http://crm.example${url}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      accept,
      "content-type": "application/json",
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
