import assert from "node:assert/strict"
import { client } from "./generated/client.gen"
import * as crm from "./generated/sdk.gen"
import type { LayoutRequest, MetricSeries, WidgetRequest } from "./generated/types.gen"

client.setConfig({ baseUrl: process.env["CRM_URL"] ?? "", auth: process.env["CRM_TOKEN"] ?? "" })

const missing = "00000000-0000-4000-8000-000000000000"

const layout: LayoutRequest = {
  columns: 12,
  widgets: [
    { instanceId: "leads", metricId: "leads.created_over_time", chart: "area", groupBy: "type", x: 0, y: 0, w: 8, h: 4 },
    { instanceId: "rate", metricId: "deals.win_rate", chart: "radial", x: 8, y: 0, w: 4, h: 4, color: "green" }
  ]
}

/** None of these widgets compiles. */
export const wrong: ReadonlyArray<WidgetRequest> = [
  // @ts-expect-error: there is no such metric
  { instanceId: "a", metricId: "leads.totally", chart: "stat" },
  // @ts-expect-error: this metric does not have this chart
  { instanceId: "a", metricId: "leads.total", chart: "pie" },
  // @ts-expect-error: this metric does not have this grouping
  { instanceId: "a", metricId: "deals.won_over_time", chart: "bar", groupBy: "status" },
  // @ts-expect-error: there is no such bucket
  { instanceId: "a", metricId: "leads.total", chart: "stat", timeframe: { preset: "last_7d", bucket: "hour" } },
  // @ts-expect-error: a filter must be a text
  { instanceId: "a", metricId: "leads.total", chart: "stat", filters: { source: 7 } }
]

const summary = (series: MetricSeries): number | null => {
  switch (series.shape) {
    case "timeseries":
      return series.points.filter(({ bucket }) => bucket.startsWith("20")).length
    case "category":
    case "leaderboard":
      return series.points.reduce((sum, { value }) => sum + (value ?? 0), 0)
    case "stat":
      return series.stat?.value ?? null
  }
}

const created = await crm.createReport({
  body: { title: "Made by hey-api", visibility: "organization", layout },
  headers: { "Idempotency-Key": crypto.randomUUID() }
})
assert(created.data)
const path = { id: created.data.id }
const tag = created.response?.headers.get("etag") ?? ""

const ran = await crm.runMetrics({
  body: {
    timeframe: { preset: "last_90d", bucket: "week" },
    widgets: [
      { instanceId: "leads", metricId: "leads.created_over_time", chart: "area" },
      { instanceId: "tags", metricId: "leads.by_tag", chart: "bar", filters: { source: ["portal", "referral"] } },
      { instanceId: "rate", metricId: "deals.win_rate", chart: "radial" },
      { instanceId: "agents", metricId: "team.leads_by_agent", chart: "leaderboard" }
    ]
  }
})
assert.deepEqual(ran.data?.results.map(({ shape }) => shape), ["timeseries", "category", "stat", "leaderboard"])
assert(ran.data?.results.every((series) => series.error === undefined && summary(series) !== undefined))

const live = await crm.runReport({ path, body: { everyone: true } })
assert.equal(live.data?.results.length, 2)

const records = await crm.listRecords({
  body: { everyone: true, widget: { instanceId: "leads", metricId: "leads.total", chart: "stat" }, at: { period: "current" }, limit: 5 }
})
assert(records.data && records.data.error === undefined)
assert(records.data.results.every(({ type, weight }) => type === "lead" && weight.n === "1"))

const frozen = await crm.createSnapshot({ path, body: {} })
assert(frozen.data)
const ofSnapshot = { snapshotId: frozen.data.id }

const compared = await crm.compareSnapshot({ path: ofSnapshot, query: { with: "live" } })
assert(compared.data?.widgets.every(({ points }) => points.every(({ difference }) => difference === 0)))

const renewed = await crm.renewSnapshot({ path: ofSnapshot })
assert(renewed.data && renewed.data.expiresAt > frozen.data.expiresAt)

const listed = await crm.listSnapshots({ path, query: { limit: 5 } })
assert.equal(listed.data?.total, 1)

const goal = await crm.createTarget({
  body: { metricId: "leads.total", for: "organization", period: "month", filters: { source: crypto.randomUUID() }, values: { "2026-10": 50 } }
})
assert(goal.data && goal.data.currency === null)
const ofTarget = { targetId: goal.data.id }
const raised = await crm.updateTarget({ path: ofTarget, body: { values: { "2026-10": 60, "2026-11": 70 } } })
assert.deepEqual(raised.data?.values, { "2026-10": 60, "2026-11": 70 })
const targets = await crm.listTargets({ query: { limit: 100 } })
assert(targets.data?.results.some((one) => one.id === ofTarget.targetId))
assert.equal((await crm.deleteTarget({ path: ofTarget })).response?.status, 204)
const weights = await crm.setStageWeights({ body: { qualified: 10, offer: 60 } })
assert.deepEqual(weights.data, (await crm.getStageWeights()).data)

const catalog = await crm.getCatalog()
assert(catalog.data)
assert(catalog.data.metrics.some((metric) => metric.id === "leads.total"))

const shown = catalog.data.metrics.slice(0, 50)
const built = await crm.runMetrics({
  body: { everyone: true, widgets: shown.map((m) => ({ instanceId: m.id, metricId: m.id, chart: m.defaultChart })) }
})
assert.equal(built.data?.results.length, shown.length)
assert(built.data?.results.every((series) => series.error === undefined))

const unnamed = await crm.createReport({ body: { title: "", layout } })
assert.equal(unnamed.error?.statusCode, 400)
if (unnamed.error?.statusCode === 400) assert.deepEqual(unnamed.error.issues.map((issue) => issue.path), ["title"])

const designed = await crm.designReport({ body: { prompt: "New leads by source this quarter" } })
assert(designed.data)
const saved = await crm.createReport({ body: designed.data.draft })
assert(saved.data)
const savedPath = { id: saved.data.id }
const found = await crm.getReport({ path: savedPath })
assert(found.data)
const widened = { ...found.data.layout, widgets: found.data.layout.widgets.map((widget) => ({ ...widget, w: 12 })) }
const changed = await crm.updateReport({ path: savedPath, body: { layout: widened, defaultTimeframe: found.data.defaultTimeframe } })
assert.equal(changed.response?.status, 200)
const { defaultTimeframe, description, title, visibility } = found.data
const copy = await crm.createReport({ body: { title: `${title} (copy)`, description, visibility, layout: widened, defaultTimeframe } })
assert(copy.data)
const bare = await crm.createSnapshot({ path: savedPath })
assert.equal(bare.response?.status, 201)
const rerun = await crm.runReport({ path: savedPath, body: { assigneeIds: null, timeframe: null } })
assert(rerun.data?.results.every((series) => series.error === undefined))
for (const id of [saved.data.id, copy.data.id]) assert.equal((await crm.deleteReport({ path: { id } })).response?.status, 204)

const nobody = await crm.listReports({ auth: "nobody" })
assert.equal(nobody.error?.code, "unauthenticated")

const stranger = await crm.getOptions({ headers: { "X-Organization-Id": "org_other" } })
assert.equal(stranger.error?.code, "organization_mismatch")

const unknown = await crm.getReport({ path: { id: missing } })
assert.equal(unknown.error?.code, "report_not_found")

const renamed = await crm.updateReport({ path, headers: { "If-Match": tag }, body: { title: "Renamed" } })
assert(renamed.data && "title" in renamed.data && renamed.data.title === "Renamed")

const late = await crm.updateReport({ path, headers: { "If-Match": tag }, body: { title: "Too late" } })
assert.equal(late.error?.code, "report_changed")

const large = await crm.createReport({ body: { title: "Large", layout: { ...layout, rest: "x".repeat(2 ** 20) } } })
assert.equal(large.error?.code, "body_too_large")

const plain = await crm.createReport({ body: { title: "Plain", layout }, headers: { "Content-Type": "text/plain" } })
assert.equal(plain.error?.code, "unsupported_media_type")

const headers = { "Idempotency-Key": crypto.randomUUID() }
const once = await crm.createReport({ headers, body: { title: "Once", layout } })
const other = await crm.createReport({ headers, body: { title: "Other", layout } })
assert(once.data)
assert.equal(other.error?.code, "idempotency_mismatch")

const file = await crm.exportSnapshot({ path: ofSnapshot, query: { format: "csv" } })
assert(typeof file.data === "string")
assert.match(file.data, /widget,title,metric/)
assert.match(file.response?.headers.get("content-disposition") ?? "", /^attachment; filename=.*\.csv/)
for (const format of ["xlsx", "svg", "png", "pdf"] as const) {
  const { response } = await crm.exportSnapshot({ path: ofSnapshot, query: { format }, parseAs: "arrayBuffer" })
  assert.match(response?.headers.get("content-disposition") ?? "", new RegExp(`^attachment; filename=.*\\.${format}`))
}

assert.equal((await crm.deleteSnapshot({ path: ofSnapshot })).response?.status, 204)
assert.equal((await crm.deleteReport({ path })).response?.status, 204)
assert.equal((await crm.deleteReport({ path: { id: once.data.id } })).response?.status, 204)
