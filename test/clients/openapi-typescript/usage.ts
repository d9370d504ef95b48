import createClient from "openapi-fetch"
import assert from "node:assert/strict"
import type { components, paths } from "./generated/schema.js"

type Schemas = components["schemas"]

const crm = createClient<paths>({
  baseUrl: process.env["CRM_URL"] ?? "",
  headers: { authorization: `Bearer ${process.env["CRM_TOKEN"]}` }
})

const missing = "00000000-0000-4000-8000-000000000000"

const layout: Schemas["LayoutRequest"] = {
  columns: 12,
  widgets: [
    { instanceId: "leads", metricId: "leads.created_over_time", chart: "area", groupBy: "type", x: 0, y: 0, w: 8, h: 4 },
    { instanceId: "rate", metricId: "deals.win_rate", chart: "radial", x: 8, y: 0, w: 4, h: 4, color: "green" }
  ]
}

const summary = (series: Schemas["MetricSeries"]): number | null => {
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

const created = await crm.POST("/crm-reports", {
  body: { title: "Made by openapi-fetch", visibility: "organization", layout },
  params: { header: { "Idempotency-Key": crypto.randomUUID() } }
})
assert(created.data)
const { id } = created.data
const tag = created.response.headers.get("etag") ?? ""

const ran = await crm.POST("/crm-reports/metrics/run", {
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

const live = await crm.POST("/crm-reports/{id}/run", { params: { path: { id } }, body: { everyone: true } })
assert.equal(live.data?.results.length, 2)

const records = await crm.POST("/crm-reports/metrics/records", {
  body: { everyone: true, widget: { instanceId: "leads", metricId: "leads.total", chart: "stat" }, at: { period: "current" }, limit: 5 }
})
assert(records.data && records.data.error === undefined)
assert(records.data.results.every(({ type, weight }) => type === "lead" && weight.n === "1"))

const frozen = await crm.POST("/crm-reports/{id}/snapshots", { params: { path: { id } }, body: {} })
assert(frozen.data)
const snapshotId = frozen.data.id
assert("series" in frozen.data && frozen.data.series.length === 2)

const compared = await crm.GET("/crm-reports/snapshots/{snapshotId}/compare", {
  params: { path: { snapshotId }, query: { with: "live" } }
})
assert(compared.data?.widgets.every(({ points }) => points.every(({ difference }) => difference === 0)))

const renewed = await crm.POST("/crm-reports/snapshots/{snapshotId}/renew", { params: { path: { snapshotId } } })
assert(renewed.data && renewed.data.expiresAt > frozen.data.expiresAt)

const listed = await crm.GET("/crm-reports/{id}/snapshots", { params: { path: { id }, query: { limit: 5 } } })
assert.equal(listed.data?.total, 1)

const goal = await crm.POST("/crm-reports/targets", {
  body: {
    metricId: "leads.total",
    for: "organization",
    period: "month",
    filters: { source: crypto.randomUUID() },
    values: { "2026-10": 50 }
  }
})
assert(goal.data && goal.data.currency === null)
const ofTarget = { path: { targetId: goal.data.id } }
const raised = await crm.PATCH("/crm-reports/targets/{targetId}", {
  params: ofTarget,
  body: { values: { "2026-10": 60, "2026-11": 70 } }
})
assert.deepEqual(raised.data?.values, { "2026-10": 60, "2026-11": 70 })
const targets = await crm.GET("/crm-reports/targets", { params: { query: { limit: 100 } } })
assert(targets.data?.results.some((one) => one.id === ofTarget.path.targetId))
const removed = await crm.DELETE("/crm-reports/targets/{targetId}", { params: ofTarget })
assert.equal(removed.response.status, 204)
const weights = await crm.PUT("/crm-reports/settings/stage-weights", { body: { qualified: 10, offer: 60 } })
const read = await crm.GET("/crm-reports/settings/stage-weights")
assert.deepEqual(weights.data, read.data)

const catalog = await crm.GET("/crm-reports/catalog")
assert(catalog.data)
assert(catalog.data.metrics.some((metric) => metric.id === "leads.total"))

const shown = catalog.data.metrics.slice(0, 50)
const built = await crm.POST("/crm-reports/metrics/run", {
  body: { everyone: true, widgets: shown.map((m) => ({ instanceId: m.id, metricId: m.id, chart: m.defaultChart })) }
})
assert.equal(built.data?.results.length, shown.length)
assert(built.data?.results.every((series) => series.error === undefined))

const unnamed = await crm.POST("/crm-reports", { body: { title: "", layout } })
assert.equal(unnamed.error?.statusCode, 400)
if (unnamed.error?.statusCode === 400) assert.deepEqual(unnamed.error.issues.map(({ path }) => path), ["title"])

const designed = await crm.POST("/crm-reports/design", { body: { prompt: "New leads by source this quarter" } })
assert(designed.data)
const saved = await crm.POST("/crm-reports", { body: designed.data.draft })
assert(saved.data)
const ofSaved = { params: { path: { id: saved.data.id } } }
const found = await crm.GET("/crm-reports/{id}", ofSaved)
assert(found.data)
const widened = { ...found.data.layout, widgets: found.data.layout.widgets.map((widget) => ({ ...widget, w: 12 })) }
const changed = await crm.PATCH("/crm-reports/{id}", {
  ...ofSaved,
  body: { layout: widened, defaultTimeframe: found.data.defaultTimeframe }
})
assert.equal(changed.response.status, 200)
const { defaultTimeframe, description, title, visibility } = found.data
const copy = await crm.POST("/crm-reports", {
  body: { title: `${title} (copy)`, description, visibility, layout: widened, defaultTimeframe }
})
assert(copy.data)
const bare = await crm.POST("/crm-reports/{id}/snapshots", ofSaved)
assert.equal(bare.response.status, 201)
const rerun = await crm.POST("/crm-reports/{id}/run", { ...ofSaved, body: { assigneeIds: null, timeframe: null } })
assert(rerun.data?.results.every((series) => series.error === undefined))
for (const made of [saved.data.id, copy.data.id]) {
  assert.equal((await crm.DELETE("/crm-reports/{id}", { params: { path: { id: made } } })).response.status, 204)
}

const nobody = await crm.GET("/crm-reports", { headers: { authorization: "Bearer nobody" } })
assert.equal(nobody.error?.code, "unauthenticated")

const stranger = await crm.GET("/crm-reports", { headers: { "x-organization-id": "org_other" } })
assert.equal(stranger.error?.code, "organization_mismatch")

const unknown = await crm.GET("/crm-reports/{id}", { params: { path: { id: missing } } })
assert.equal(unknown.error?.code, "report_not_found")

const renamed = await crm.PATCH("/crm-reports/{id}", {
  params: { path: { id }, header: { "If-Match": tag } },
  body: { title: "Renamed" }
})
assert(renamed.data && "title" in renamed.data && renamed.data.title === "Renamed")

const late = await crm.PATCH("/crm-reports/{id}", {
  params: { path: { id }, header: { "If-Match": tag } },
  body: { title: "Too late" }
})
assert.equal(late.error?.code, "report_changed")

const large = await crm.POST("/crm-reports", { body: { title: "Large", layout: { ...layout, rest: "x".repeat(2 ** 20) } } })
assert.equal(large.error?.code, "body_too_large")

const plain = await crm.POST("/crm-reports", { body: { title: "Plain", layout }, headers: { "content-type": "text/plain" } })
assert.equal(plain.error?.code, "unsupported_media_type")

const key = { header: { "Idempotency-Key": crypto.randomUUID() } }
const once = await crm.POST("/crm-reports", { params: key, body: { title: "Once", layout } })
const other = await crm.POST("/crm-reports", { params: key, body: { title: "Other", layout } })
assert(once.data)
assert.equal(other.error?.code, "idempotency_mismatch")

const file = await crm.GET("/crm-reports/snapshots/{snapshotId}/export", {
  params: { path: { snapshotId }, query: { format: "csv" } },
  parseAs: "text"
})
assert.match(file.data ?? "", /widget,title,metric/)
assert.match(file.response.headers.get("content-disposition") ?? "", /^attachment; filename=.*\.csv/)
for (const format of ["xlsx", "svg", "png", "pdf"] as const) {
  const { data, response } = await crm.GET("/crm-reports/snapshots/{snapshotId}/export", {
    params: { path: { snapshotId }, query: { format } },
    parseAs: "arrayBuffer"
  })
  assert((data?.byteLength ?? 0) > 500)
  assert.match(response.headers.get("content-disposition") ?? "", new RegExp(`^attachment; filename=.*\\.${format}`))
}

const gone = await crm.DELETE("/crm-reports/snapshots/{snapshotId}", { params: { path: { snapshotId } } })
assert.equal(gone.response.status, 204)
for (const one of [id, once.data.id]) {
  const deleted = await crm.DELETE("/crm-reports/{id}", { params: { path: { id: one } } })
  assert.equal(deleted.response.status, 204)
}
