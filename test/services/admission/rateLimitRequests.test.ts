import { afterAll, assert, describe, it } from "@effect/vitest"
import { Context } from "effect"
import { HttpApi } from "effect/http-api"
import { Api } from "../../../src/api/Api.ts"
import { CountsAs } from "../../../src/api/middleware.ts"
import { limitedApp, limitedHandler } from "../../support/limitedApp.ts"
import { mcpAppOver } from "../../support/McpApp.ts"
import { caller } from "../../support/TestApp.ts"

const person = (userId: string, organizationId = "acme") => caller("member", userId, organizationId)
const ana = person("ana")
const bo = person("bo")

const opened: Array<() => Promise<void>> = []
const appWith = (env: Record<string, string>) => {
  const app = limitedApp(env)
  opened.push(app.close)
  return app
}
const agentWith = (env: Record<string, string>) => {
  const app = mcpAppOver(limitedHandler(env))
  opened.push(app.close)
  return app
}
afterAll(() => Promise.all(opened.map((close) => close())))

const widget = { instanceId: "1", metricId: "leads.total", chart: "stat" }
const run = { widgets: [widget] }
const layout = { widgets: [{ ...widget, x: 0, y: 0, w: 4, h: 2 }] }

const headersOf = ({ headers }: { readonly headers: Headers }) =>
  ["ratelimit-policy", "ratelimit", "retry-after"].map((name) => headers.get(name))

/** The wait of a refused request is a minute, less the time that the requests before it took. */
const leftOf = ({ headers }: { readonly headers: Headers }) =>
  headers.get("ratelimit")?.replace(/;t=(\d+)/g, (_, seconds) => {
    assert.isTrue(Number(seconds) > 0 && Number(seconds) <= 60, `${seconds} s`)
    return ""
  })

describe("requests under rate limits", () => {
  it("a response says how many requests are left for the person and for the organization", async () => {
    const { call } = appWith({ RATE_LIMIT_RUNS: "60", RATE_LIMIT_ORGANIZATION: "2" })
    const first = await call(ana, "POST /crm-reports/metrics/run", run)
    assert.strictEqual(first.status, 200)
    assert.deepStrictEqual(headersOf(first), [
      "\"runs\";q=60;w=60, \"runs-organization\";q=120;w=60",
      "\"runs\";r=59;t=1, \"runs-organization\";r=119;t=1",
      null
    ])
  })

  it("a person above the limit gets 429 with Retry-After, and another person gets 200", async () => {
    const { call } = appWith({ RATE_LIMIT_RUNS: "1" })
    await call(ana, "POST /crm-reports/metrics/run", run)
    const refused = await call(ana, "POST /crm-reports/metrics/run", run)
    assert.deepStrictEqual([refused.status, JSON.parse(refused.text).code], [429, "rate_limited"])
    assert.strictEqual(leftOf(refused), "\"runs\";r=0")
    const { headers } = refused
    assert.strictEqual(headers.get("ratelimit-policy"), "\"runs\";q=1;w=60")
    assert.strictEqual(`"runs";r=0;t=${headers.get("retry-after")}`, headers.get("ratelimit"))
    assert.strictEqual((await call(bo, "POST /crm-reports/metrics/run", run)).status, 200)
  })

  it("an organization above its limit gets 429, and another organization still gets 200", async () => {
    const { call } = appWith({ RATE_LIMIT_RUNS: "2", RATE_LIMIT_ORGANIZATION: "1" })
    const bolt = person("ana", "bolt")
    const before = await call(bolt, "POST /crm-reports/metrics/run", run)
    await call(ana, "POST /crm-reports/metrics/run", run)
    await call(ana, "POST /crm-reports/metrics/run", run)
    const refused = await call(bo, "POST /crm-reports/metrics/run", run)
    assert.strictEqual(refused.status, 429)
    assert.include(leftOf(refused), "\"runs-organization\";r=0")
    const after = await call(bolt, "POST /crm-reports/metrics/run", run)
    assert.deepStrictEqual([before.status, after.status], [200, 200])
    assert.strictEqual(leftOf(after), "\"runs\";r=0, \"runs-organization\";r=0")
  })

  it("the body of a refused request is not read", async () => {
    const { call } = appWith({ RATE_LIMIT_RUNS: "1" })
    await call(ana, "POST /crm-reports/metrics/run", run)
    const wrong = "{".repeat(2_000_000)
    assert.strictEqual((await call(ana, "POST /crm-reports/metrics/run", wrong)).status, 429)
    assert.strictEqual((await call(bo, "POST /crm-reports/metrics/run", wrong)).status, 413)
  })

  it("a request with an invalid body counts toward the rate limit", async () => {
    const { call } = appWith({ RATE_LIMIT_RUNS: "1" })
    const wrong = await call(ana, "POST /crm-reports/metrics/run", { widgets: "none" })
    assert.deepStrictEqual([wrong.status, leftOf(wrong)?.split(",")[0]], [400, "\"runs\";r=0"])
    assert.strictEqual((await call(ana, "POST /crm-reports/metrics/run", run)).status, 429)
  })

  it("probes, and requests without a valid token, do not count toward the rate limit", async () => {
    const { call } = appWith({ RATE_LIMIT_REQUESTS: "1" })
    for (const { headers, status } of [await call(ana, "GET /health"), await call(ana, "GET /ready")]) {
      assert.deepStrictEqual([status, headers.get("ratelimit")], [200, null])
    }
    const unknown = await call(ana, "GET /crm-reports", undefined, { authorization: "Bearer nothing" })
    assert.deepStrictEqual([unknown.status, unknown.headers.get("ratelimit")], [401, null])
    assert.strictEqual((await call(ana, "GET /crm-reports")).status, 200)
  })

  it("a request that prefers a file counts as a file, and every other run as a run", async () => {
    const { call } = appWith({ RATE_LIMIT_RUNS: "5", RATE_LIMIT_FILES: "5", RATE_LIMIT_RECORDS: "5" })
    const policyOf = async (path: string, body: unknown, accept: string) => {
      const { headers } = await call(ana, `POST ${path}`, body, { accept })
      return headers.get("ratelimit")?.split(";")[0]
    }
    const records = { widget }
    assert.strictEqual(await policyOf("/crm-reports/metrics/run", run, "text/csv"), "\"files\"")
    assert.strictEqual(await policyOf("/crm-reports/metrics/run", run, "*/*"), "\"runs\"")
    const ofReport = "/crm-reports/0d2f9c1e-6f0a-4c55-9b8e-1f6f6a1f2a77/run"
    assert.strictEqual(await policyOf(ofReport, {}, "text/csv"), "\"files\"")
    assert.strictEqual(await policyOf(ofReport, {}, "*/*"), "\"runs\"")
    assert.strictEqual(await policyOf("/crm-reports/metrics/records", records, "text/csv"), "\"files\"")
    assert.strictEqual(await policyOf("/crm-reports/metrics/records", records, "application/json"), "\"records\"")
    assert.strictEqual(await policyOf("/crm-reports/metrics/records", records, "application/pdf"), "\"records\"")
  })

  it("every operation counts under `requests`, except the ones that this test lists", () => {
    const counted: Record<string, string> = {}
    HttpApi.reflect(Api, {
      onGroup: () => {},
      onEndpoint: ({ endpoint }) => {
        const policy = Context.get(endpoint.annotations, CountsAs)
        if (policy !== "requests") counted[`${endpoint.method} ${endpoint.path}`] = policy
      }
    })
    assert.deepStrictEqual(counted, {
      "POST /crm-reports/metrics/run": "runs",
      "POST /crm-reports/metrics/records": "records",
      "GET /crm-reports/:id/export": "files",
      "POST /crm-reports/:id/run": "runs",
      "POST /crm-reports/:id/snapshots": "runs",
      "GET /crm-reports/snapshots/:snapshotId/compare": "runs",
      "GET /crm-reports/snapshots/:snapshotId/export": "files",
      "POST /crm-reports/subscriptions/:subscriptionId/test": "files",
      "POST /crm-reports/design": "design",
      "POST /crm-reports/keys": "keys",
      "GET /crm-reports/keys": "keys",
      "DELETE /crm-reports/keys/:keyId": "keys"
    })
  })

  it("a page of a listed origin may read the headers about rate limits", async () => {
    const { call } = appWith({})
    const { headers } = await call(ana, "GET /crm-reports", undefined, { origin: "http://localhost:5173" })
    const exposed = headers.get("access-control-expose-headers")?.split(", ")
    assert.includeMembers(exposed ?? [], ["RateLimit", "RateLimit-Policy", "Retry-After"])
  })
})

describe("tools for agents under rate limits", () => {
  it("a call of a tool counts toward the same rate limit as the route that does the same work", async () => {
    const one = { RATE_LIMIT_RUNS: "1", RATE_LIMIT_RECORDS: "1", RATE_LIMIT_DESIGN: "1" }
    const app = agentWith({ ...one, RATE_LIMIT_ORGANIZATION: "0" })
    const { id } = await app.post(ana, "", { title: "Kept", layout })
    const agent = await app.as(ana)
    const freeze = () => app.call(agent, "freeze_report", { reportId: id })
    assert.isFalse((await app.call(agent, "run_metrics", run)).isError)
    const refused = [await app.call(agent, "run_metrics", run), await freeze()]
    for (const { isError, json } of refused) {
      assert.isTrue(isError)
      assert.include(json["message"], "rate_limited")
      assert.match(String(json["message"]), /again in \d+ seconds/)
    }
    assert.strictEqual((await app.post(ana, "/metrics/run", run))["statusCode"], 429)
    const other = await app.as(bo)
    assert.isFalse((await app.call(other, "run_metrics", run)).isError)
    const records = () => app.call(agent, "records", { widget })
    const design = () => app.call(agent, "design_report", { prompt: "leads" })
    const answered = [await records(), await records(), await design(), await design()]
    assert.deepStrictEqual(answered.map(({ isError }) => isError), [false, true, false, true])
  })

  it("each message to /mcp counts as a request, and a refused message gets 429 before its body is read", async () => {
    const app = agentWith({ RATE_LIMIT_REQUESTS: "1" })
    const version = { "mcp-protocol-version": "2026-07-28", "mcp-method": "server/discover" }
    const ask = (body: unknown) => app.ask(app.tokenOf(ana), body, version)
    await ask({ jsonrpc: "2.0", id: 1, method: "server/discover" })
    const refused = await ask("{".repeat(2_000_000))
    assert.strictEqual(refused.status, 429)
    assert.strictEqual(refused.headers.get("retry-after"), "60")
  })
})
