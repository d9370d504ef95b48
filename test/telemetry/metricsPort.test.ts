import { assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { child } from "../../src/api/openapi/jsonTree.ts"
import { metricsById } from "../../src/metrics/all.ts"
import { contract } from "../support/contract.ts"
import { metricsAskedIn, metricsIn, type Sample, samplesIn } from "../support/exposition.ts"
import { measuredService, personal } from "../support/measuredService.ts"

let found: Effect.Success<typeof measuredService>
let samples: ReadonlyArray<Sample>
beforeAll(async () => {
  found = await Effect.runPromise(measuredService)
  samples = samplesIn(found.metrics)
})

const valuesOf = (label: string) => [
  ...new Set(samples.flatMap(({ labels }) => labels[label] === undefined ? [] : [labels[label]]))
]

const valueOf = (name: string, labels: Record<string, string> = {}) =>
  samples.find((sample) =>
    sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value)
  )?.value

const documented = (file: string) => readFileSync(join(import.meta.dirname, "../../docs", file), "utf8")

const routes = new Set([
  ...Object.keys(child(contract, "paths")).map((path) => path.replaceAll(/\{(\w+)\}/g, ":$1")),
  "/",
  "/docs",
  "/openapi.json",
  "/openapi-3.0.json",
  "/app",
  "/app/assets/*",
  "/app/sign-in",
  "/mcp",
  "unmatched"
])

const run = "/crm-reports/metrics/run"

describe("the metrics", () => {
  it("the metrics count requests by method, route and status", () => {
    const ofRun = { method: "POST", route: run, status: "200" }
    assert.strictEqual(valueOf("crm_reports_requests_total", ofRun), 11)
    assert.strictEqual(
      valueOf("crm_reports_requests_total", { route: "unmatched", method: "other", status: "404" }),
      40
    )
    assert.strictEqual(valueOf("crm_reports_request_seconds_count", { method: "POST", route: run }), 11)
    assert.isAbove(valueOf("crm_reports_request_seconds_sum", { method: "POST", route: run }) ?? 0, 0)
  })

  it("the metrics include numbers of widgets, counts, replicas, files, connections and refused requests", () => {
    assert.strictEqual(valueOf("crm_reports_widgets_total", { metric: "leads.total", outcome: "ok" }), 11)
    assert.strictEqual(valueOf("crm_reports_replica_loads_total", { outcome: "loaded" }), 1)
    assert.strictEqual(valueOf("crm_reports_replicas"), 1)
    assert.isAtLeast(valueOf("crm_reports_count_seconds_count", { source: "sql" }) ?? 0, 10)
    assert.strictEqual(valueOf("crm_reports_file_seconds_count", { format: "csv" }), 1)
    assert.strictEqual(valueOf("crm_reports_connections_limit"), 9)
    assert.strictEqual(valueOf("crm_reports_connections_in_use"), 0)
    assert.strictEqual(valueOf("crm_reports_refused_total", { limit: "rate:keys" }), 1)
    assert.strictEqual(valueOf("crm_reports_rate_store_shared"), 0)
  })

  it("every limit of the running service is wired, and has refused nothing", () => {
    const limits = [
      "runs",
      "background_runs",
      "connections",
      "circuit",
      "reads",
      "small_files",
      "files",
      "streams",
      "streams_of_person",
      "unknown_keys",
      "clerk"
    ]
    const refusals = limits.map((limit) => valueOf("crm_reports_refused_total", { limit }))
    assert.deepStrictEqual(refusals, limits.map(() => 0))
  })

  it("crm_reports_count_seconds{source=\"replica\"} does not count a plan that the replica refused", () => {
    assert.strictEqual(valueOf("crm_reports_widgets_total", { metric: "deals.pipeline_value", outcome: "ok" }), 1)
    assert.strictEqual(valueOf("crm_reports_count_seconds_count", { source: "replica" }), 1)
  })

  it("whatever a client sends, each label has only values that the service knows", () => {
    assert.deepStrictEqual(valuesOf("route").filter((route) => !routes.has(route)), [])
    assert.deepStrictEqual(valuesOf("metric").filter((id) => !metricsById.has(id)), [])
    assert.includeMembers(["GET", "HEAD", "POST", "OPTIONS", "other"], valuesOf("method"))
    assert.includeMembers(["ok", "loaded", "current"], valuesOf("outcome"))
    assert.sameMembers(
      [...new Set(samples.flatMap(({ labels }) => Object.keys(labels)))],
      ["method", "route", "status", "metric", "outcome", "source", "format", "limit", "reason", "le"]
    )
  })

  it("the metrics contain no name and no id of a person, an organization or a report", () => {
    const { metrics, reportId } = found
    for (const text of [personal, "org_a", "user_1", reportId]) assert.notInclude(metrics, text)
  })

  it("/metrics gets 404 on the port of the API, and /health gets 404 on METRICS_PORT", () => {
    assert.deepStrictEqual([found.onMainPort, found.onMetricsPort], [404, 404])
  })
})

describe("the documents about metrics", () => {
  it("docs/operations.md describes exactly the metrics that the service has", () => {
    const rows = documented("operations.md").matchAll(/^\| `((?:crm_reports|process)_\w+)` +\| (\w+)/gm)
    assert.sameMembers([...rows].map(([, name]) => name ?? ""), [...metricsIn(found.metrics)])
  })

  const expressions: ReadonlyArray<readonly [file: string, expression: string]> = [
    ...[...documented("observability/dashboard.json").matchAll(/"expr": ("(?:[^"\\]|\\.)*")/g)]
      .map(([, text = "\"\""]) => ["the dashboard", String(JSON.parse(text))] as const),
    ...[...documented("observability/alerts.yaml").matchAll(/expr: (.*)/g)]
      .map(([, text = ""]) => ["the alert rules", text] as const)
  ]

  it.each(expressions)("in %s, the expression %s uses only metrics and labels that exist", (_file, expression) => {
    const asked = metricsAskedIn(expression)
    assert.isNotEmpty(asked)
    for (const { labels, metric } of asked) {
      const series = samples.filter(({ name }) => name === metric)
      assert.isNotEmpty(series, metric)
      const known = ["instance", ...series.flatMap((sample) => Object.keys(sample.labels))]
      assert.includeMembers(known, [...labels], metric)
    }
  })

  it.each(expressions.filter(([, expression]) => expression.includes("process_")))(
    "in %s, the expression %s selects only processes of this service",
    (_file, expression) => assert.match(expression, / and on \(instance\) crm_reports_connections_limit$/)
  )

  it("docs/operations.md explains exactly the alerts that exist", () => {
    const alerts = [...documented("observability/alerts.yaml").matchAll(/alert: (\w+)/g)].map(([, name]) => name ?? "")
    const rows = [...documented("operations.md").matchAll(/^\| `(CrmReports\w+)`/gm)].map(([, name]) => name ?? "")
    assert.isNotEmpty(alerts)
    assert.deepStrictEqual(rows, alerts)
  })
})
