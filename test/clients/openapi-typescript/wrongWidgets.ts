import type { components } from "./generated/schema.js"

/** None of these widgets compiles. */
export const wrongWidgets: ReadonlyArray<components["schemas"]["WidgetRequest"]> = [
  // @ts-expect-error: there is no such metric
  { instanceId: "a", metricId: "leads.totally", chart: "stat" },
  // @ts-expect-error: this metric does not have this chart
  { instanceId: "a", metricId: "leads.total", chart: "pie" },
  // @ts-expect-error: this metric does not have this grouping
  { instanceId: "a", metricId: "deals.won_over_time", chart: "bar", groupBy: "status" },
  // @ts-expect-error: this metric has no grouping
  { instanceId: "a", metricId: "leads.by_status", chart: "donut", groupBy: "status" },
  // @ts-expect-error: there is no such preset
  { instanceId: "a", metricId: "leads.total", chart: "stat", timeframe: { preset: "last_3d" } },
  // @ts-expect-error: a filter must be a text
  { instanceId: "a", metricId: "leads.total", chart: "stat", filters: { source: 7 } }
]
