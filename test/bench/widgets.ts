import type { WidgetRequest } from "../../src/domain/Run.ts"
import type { MetricId } from "../../src/metrics/all.ts"

/** The demo data ends at this time. It is fixed, so that a seeded database can be used again. */
export const seededUntil = "2026-01-01T00:00:00Z"

/** The benchmarks measure this organization. It has at least half of the leads. */
export const organizationId = "org_demo"
const timeZone = "Europe/Madrid"
const currency = "EUR"

/** A span is a window of local days up to the end of 2025, with the start of the window before it. */
interface Span {
  readonly timeframe: NonNullable<WidgetRequest["timeframe"]>
  readonly from: string
  readonly to: string
  readonly before: string
}

const span = (firstDay: string, bucket: string, from: string, before: string): Span => ({
  timeframe: { preset: "custom", from: firstDay, to: "2025-12-31", bucket, timeZone },
  from,
  to: "2026-01-01T00:00:00+01:00",
  before
})

const month = span("2025-12-02", "day", "2025-12-02T00:00:00+01:00", "2025-11-02T00:00:00+01:00")
const quarter = span("2025-10-03", "week", "2025-10-03T00:00:00+02:00", "2025-07-05T00:00:00+02:00")
export const year = span("2025-01-01", "month", "2025-01-01T00:00:00+01:00", "2024-01-01T00:00:00+01:00")

/** `params` are the parameters of the plain SQL from `$3` on. `$1` is the organization, and `$2` are the people. */
export interface Widget {
  readonly name: string
  readonly id: MetricId
  readonly request: Omit<WidgetRequest, "instanceId">
  readonly params: ReadonlyArray<string>
}

const widget = (
  name: string,
  id: MetricId,
  chart: string,
  { from, timeframe, to }: Span,
  more: ReadonlyArray<string> = [],
  groupBy?: string
): Widget => ({
  name,
  id,
  request: { metricId: id, chart, timeframe, ...(groupBy !== undefined && { groupBy }) },
  params: [from, to, ...more]
})

/** The bench measures this report. */
export const report: ReadonlyArray<Widget> = [
  widget("new_leads_by_month", "leads.created_over_time", "area", year, [timeZone]),
  widget("new_leads_by_week_and_status", "leads.created_over_time", "line", quarter, [timeZone], "status"),
  widget("leads_by_status", "leads.by_status", "donut", month),
  widget("leads_by_tag", "leads.by_tag", "bar", quarter),
  widget("total_leads", "leads.total", "stat", month, [month.before]),
  widget("speed_to_lead", "leads.avg_time_to_first_call", "stat", month, [month.before]),
  widget("won_value_by_month", "deals.won_value_over_time", "area", year, [timeZone, currency]),
  widget("win_rate", "deals.win_rate", "radial", quarter, [quarter.before]),
  {
    name: "open_deals_by_stage",
    id: "deals.by_stage",
    request: { metricId: "deals.by_stage", chart: "bar" },
    params: []
  },
  widget("calls_by_outcome", "calls.by_outcome", "donut", month),
  widget("completion_rate", "tasks.completion_rate", "radial", month, [month.before]),
  widget("deals_won_by_agent", "team.deals_won_by_agent", "leaderboard", quarter)
]

/** These expensive widgets are measured too, but are not part of the report. */
export const others: ReadonlyArray<Widget> = [
  widget("leads_by_agent", "team.leads_by_agent", "leaderboard", year),
  widget("time_in_status", "leads.avg_time_in_status", "bar", year),
  widget("commission_breakdown", "deals.commission_breakdown", "bar", year, [currency]),
  widget("reply_rate", "emails.reply_rate", "radial", quarter, [quarter.before])
]

export const requests = new Map(
  [...report, ...others].map(({ name, request }) => [name, { instanceId: name, ...request }])
)
