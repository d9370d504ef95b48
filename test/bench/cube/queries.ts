import { others, report } from "../widgets.ts"

interface Filter {
  readonly member: string
  readonly operator: string
  readonly values: ReadonlyArray<string>
}

/** drizzle-cube reads queries in the language of Cube. */
interface CubeQuery {
  readonly measures: ReadonlyArray<string>
  readonly dimensions?: ReadonlyArray<string>
  readonly timeDimensions?: ReadonlyArray<{
    readonly dimension: string
    readonly granularity: string
    readonly dateRange: ReadonlyArray<string>
    readonly fillMissingDates: false
  }>
  readonly filters?: ReadonlyArray<Filter>
}

const params = new Map([...report, ...others].map((widget) => [widget.name, widget.params]))

/** A range of Cube includes its last millisecond, and a window excludes its last instant. */
const range = (from = "", to = "") => [from, new Date(Date.parse(to) - 1).toISOString()]

const equals = (member: string, ...values: ReadonlyArray<string>): Filter => ({ member, operator: "equals", values })

const between = (member: string, from = "", to = ""): Filter => ({
  member,
  operator: "inDateRange",
  values: range(from, to)
})

/** Filters by the window, because a time dimension without a granularity would return a row for each time. */
const total = (widget: string, member: string, query: CubeQuery): ReadonlyArray<CubeQuery> => {
  const [from, to] = params.get(widget) ?? []
  return [{ ...query, filters: [between(member, from, to), ...(query.filters ?? [])] }]
}

const withPrevious = (widget: string, member: string, query: CubeQuery): ReadonlyArray<CubeQuery> => {
  const [from, , before] = params.get(widget) ?? []
  const previous = { ...query, filters: [between(member, before, from), ...(query.filters ?? [])] }
  return [...total(widget, member, query), previous]
}

const overTime = (
  widget: string,
  dimension: string,
  granularity: string,
  query: CubeQuery
): ReadonlyArray<CubeQuery> => {
  const [from, to] = params.get(widget) ?? []
  return [{
    ...query,
    timeDimensions: [{ dimension, granularity, dateRange: range(from, to), fillMissingDates: false }]
  }]
}

const leads = { measures: ["Leads.count"] }

/** A widget with a previous window needs two queries. */
export const queries = new Map<string, ReadonlyArray<CubeQuery>>([
  ["new_leads_by_month", overTime("new_leads_by_month", "Leads.createdAt", "month", leads)],
  [
    "new_leads_by_week_and_status",
    overTime("new_leads_by_week_and_status", "Leads.createdAt", "week", { ...leads, dimensions: ["Leads.status"] })
  ],
  ["leads_by_status", total("leads_by_status", "Leads.createdAt", { ...leads, dimensions: ["Leads.status"] })],
  [
    "leads_by_tag",
    total("leads_by_tag", "LeadTags.createdAt", { measures: ["LeadTags.count"], dimensions: ["LeadTags.tag"] })
  ],
  ["total_leads", withPrevious("total_leads", "Leads.createdAt", leads)],
  [
    "speed_to_lead",
    withPrevious("speed_to_lead", "Leads.createdAt", {
      measures: ["Leads.minutesToCall"],
      // drizzle-cube ignores a filter without values.
      filters: [{ member: "Leads.firstCallAt", operator: "set", values: ["any"] }]
    })
  ],
  [
    "won_value_by_month",
    overTime("won_value_by_month", "Deals.closedAt", "month", {
      measures: ["Deals.value", "Deals.count"],
      dimensions: ["Deals.currency"],
      filters: [equals("Deals.status", "won")]
    })
  ],
  [
    "win_rate",
    withPrevious("win_rate", "Deals.closedAt", {
      measures: ["Deals.winRate"],
      filters: [equals("Deals.status", "won", "lost")]
    })
  ],
  ["open_deals_by_stage", [{
    measures: ["Deals.count"],
    dimensions: ["Deals.stage"],
    filters: [equals("Deals.status", "open")]
  }]],
  [
    "calls_by_outcome",
    total("calls_by_outcome", "Calls.startedAt", { measures: ["Calls.count"], dimensions: ["Calls.outcome"] })
  ],
  ["completion_rate", withPrevious("completion_rate", "Tasks.dueAt", { measures: ["Tasks.completionRate"] })],
  [
    "deals_won_by_agent",
    total("deals_won_by_agent", "AgentDeals.closedAt", {
      measures: ["AgentDeals.count"],
      dimensions: ["AgentDeals.person"],
      filters: [equals("AgentDeals.status", "won")]
    })
  ],
  [
    "leads_by_agent",
    total("leads_by_agent", "AgentLeads.createdAt", {
      measures: ["AgentLeads.count"],
      dimensions: ["AgentLeads.person"]
    })
  ]
])
