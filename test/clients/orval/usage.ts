import assert from "node:assert/strict"
import * as crm from "./generated/crm"
import type { LayoutRequest, MetricSeries, WidgetRequest } from "./generated/crm"

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
  // @ts-expect-error: there is no such preset
  { instanceId: "a", metricId: "leads.total", chart: "stat", timeframe: { preset: "last_3d" } },
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

const created = await crm.createReport(
  { title: "Made by orval", visibility: "organization", layout },
  { headers: { "Idempotency-Key": crypto.randomUUID() } }
)
assert(created.status === 201)
const { id } = created.data
const tag = created.headers.get("etag") ?? ""

const ran = await crm.runMetrics({
  timeframe: { preset: "last_90d", bucket: "week" },
  widgets: [
    { instanceId: "leads", metricId: "leads.created_over_time", chart: "area" },
    { instanceId: "tags", metricId: "leads.by_tag", chart: "bar", filters: { source: ["portal", "referral"] } },
    { instanceId: "rate", metricId: "deals.win_rate", chart: "radial" },
    { instanceId: "agents", metricId: "team.leads_by_agent", chart: "leaderboard" }
  ]
})
assert(ran.status === 200)
assert.deepEqual(ran.data.results.map(({ shape }) => shape), ["timeseries", "category", "stat", "leaderboard"])
assert(ran.data.results.every((series) => series.error === undefined && summary(series) !== undefined))

const live = await crm.runReport(id, { everyone: true })
assert(live.status === 200 && live.data.results.length === 2)

const records = await crm.listRecords({
  everyone: true,
  widget: { instanceId: "leads", metricId: "leads.total", chart: "stat" },
  at: { period: "current" },
  limit: 5
})
assert(records.status === 200 && records.data.error === undefined)
assert(records.data.results.every(({ type, weight }) => type === "lead" && weight.n === "1"))

const frozen = await crm.createSnapshot(id, {})
assert(frozen.status === 201)
const snapshotId = frozen.data.id

const compared = await crm.compareSnapshot(snapshotId, { with: "live" })
assert(compared.status === 200)
assert(compared.data.widgets.every(({ points }) => points.every(({ difference }) => difference === 0)))

const renewed = await crm.renewSnapshot(snapshotId)
assert(renewed.status === 200 && renewed.data.expiresAt > frozen.data.expiresAt)

const listed = await crm.listSnapshots(id, { limit: 5 })
assert(listed.status === 200 && listed.data.total === 1)

const goal = await crm.createTarget({
  metricId: "leads.total",
  for: "organization",
  period: "month",
  filters: { source: crypto.randomUUID() },
  values: { "2026-10": 50 }
})
assert(goal.status === 201 && goal.data.currency === null)
const raised = await crm.updateTarget(goal.data.id, { values: { "2026-10": 60, "2026-11": 70 } })
assert(raised.status === 200)
assert.deepEqual(raised.data.values, { "2026-10": 60, "2026-11": 70 })
const targets = await crm.listTargets({ limit: 100 })
assert(targets.status === 200 && targets.data.results.some((one) => one.id === goal.data.id))
assert.equal((await crm.deleteTarget(goal.data.id)).status, 204)
const weights = await crm.setStageWeights({ qualified: 10, offer: 60 })
assert.deepEqual(weights.data, (await crm.getStageWeights()).data)

const catalog = await crm.getCatalog()
assert(catalog.status === 200 && catalog.data.metrics.some((metric) => metric.id === "leads.total"))

const shown = catalog.data.metrics.slice(0, 50)
const built = await crm.runMetrics({
  everyone: true,
  widgets: shown.map((m) => ({ instanceId: m.id, metricId: m.id, chart: m.defaultChart }))
})
assert(built.status === 200 && built.data.results.length === shown.length)
assert(built.data.results.every((series) => series.error === undefined))

const unnamed = await crm.createReport({ title: "", layout })
assert(unnamed.status === 400)
assert.deepEqual(unnamed.data.issues.map(({ path }) => path), ["title"])

const designed = await crm.designReport({ prompt: "New leads by source this quarter" })
assert(designed.status === 200)
const saved = await crm.createReport(designed.data.draft)
assert(saved.status === 201)
const found = await crm.getReport(saved.data.id)
assert(found.status === 200)
const widened = { ...found.data.layout, widgets: found.data.layout.widgets.map((widget) => ({ ...widget, w: 12 })) }
const changed = await crm.updateReport(saved.data.id, {
  layout: widened,
  defaultTimeframe: found.data.defaultTimeframe
})
assert.equal(changed.status, 200)
const { defaultTimeframe, description, title, visibility } = found.data
const copy = await crm.createReport({
  title: `${title} (copy)`,
  description,
  visibility,
  layout: widened,
  defaultTimeframe
})
assert(copy.status === 201)
assert.equal((await crm.createSnapshot(saved.data.id)).status, 201)
const rerun = await crm.runReport(saved.data.id, { assigneeIds: null, timeframe: null })
assert(rerun.status === 200 && rerun.data.results.every((series) => series.error === undefined))
for (const made of [saved.data.id, copy.data.id]) assert.equal((await crm.deleteReport(made)).status, 204)

const nobody = await crm.listReports({}, { headers: { authorization: "Bearer nobody" } })
assert(nobody.status === 401 && nobody.data.code === "unauthenticated")

const stranger = await crm.listReports({}, { headers: { "x-organization-id": "org_other" } })
assert(stranger.status === 403 && stranger.data.code === "organization_mismatch")

const unknown = await crm.getReport(missing)
assert(unknown.status === 404 && unknown.data.code === "report_not_found")

const renamed = await crm.updateReport(id, { title: "Renamed" }, { headers: { "If-Match": tag } })
assert(renamed.status === 200 && "title" in renamed.data && renamed.data.title === "Renamed")

const late = await crm.updateReport(id, { title: "Too late" }, { headers: { "If-Match": tag } })
assert(late.status === 412 && late.data.code === "report_changed")

const large = await crm.createReport({ title: "Large", layout: { ...layout, rest: "x".repeat(2 ** 20) } })
assert(large.status === 413 && large.data.code === "body_too_large")

const plain = await crm.createReport({ title: "Plain", layout }, { headers: { "Content-Type": "text/plain" } })
assert(plain.status === 415 && plain.data.code === "unsupported_media_type")

const key = { headers: { "Idempotency-Key": crypto.randomUUID() } }
const once = await crm.createReport({ title: "Once", layout }, key)
const other = await crm.createReport({ title: "Other", layout }, key)
assert(once.status === 201)
assert(other.status === 422 && other.data.code === "idempotency_mismatch")

/** Sends 20 concurrent requests with one idempotency key. Returns true if a request got 409, as another still ran. */
const rush = async () => {
  const again = { headers: { "Idempotency-Key": crypto.randomUUID() } }
  const rushed = await Promise.all(
    Array.from({ length: 20 }, () => crm.createReport({ title: "Rushed", layout }, again))
  )
  const made = new Set(rushed.flatMap((answer) => answer.status === 201 ? [answer.data.id] : []))
  assert.equal(made.size, 1)
  for (const one of made) assert.equal((await crm.deleteReport(one)).status, 204)
  return rushed.some((answer) => answer.status === 409 && answer.data.code === "idempotency_in_progress")
}
let wasInProgress = false
for (let turn = 0; turn < 20 && !wasInProgress; turn++) wasInProgress = await rush()
assert(wasInProgress)

const file = await crm.exportSnapshot(snapshotId, { format: "csv" })
assert(file.status === 200 && typeof file.data === "string")
assert.match(file.data, /widget,title,metric/)
assert.match(file.headers.get("content-disposition") ?? "", /^attachment; filename=.*\.csv/)
for (const format of ["xlsx", "svg", "png", "pdf"] as const) {
  const { headers, status } = await crm.exportSnapshot(snapshotId, { format })
  assert.equal(status, 200)
  assert.match(headers.get("content-disposition") ?? "", new RegExp(`^attachment; filename=.*\\.${format}`))
}

assert.equal((await crm.deleteSnapshot(snapshotId)).status, 204)
assert.equal((await crm.deleteReport(id)).status, 204)
assert.equal((await crm.deleteReport(once.data.id)).status, 204)
