import type { CatalogEntry, Filters, RunRequest, Timeframe, Widget } from "../api/wire.ts"
import type { Chosen } from "./View.ts"

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** A widget's own filters override those of the view. */
const filtersOf = (widget: Widget, metric: CatalogEntry | undefined, filters: Filters) => {
  const own = isRecord(widget.filters) ? widget.filters : {}
  const ours = Object.fromEntries(Object.entries(filters).filter(([key]) => metric?.filters.includes(key) === true))
  return Object.keys(ours).length === 0 ? widget.filters : { ...ours, ...own }
}

const asked = (widget: Widget, metric: CatalogEntry | undefined, filters: Filters): RunRequest["widgets"][number] => {
  const { chart, comparePrevious, groupBy, instanceId, metricId, timeframe } = widget
  const kept = filtersOf(widget, metric, filters)
  return {
    instanceId,
    metricId,
    chart,
    ...(groupBy !== undefined && { groupBy }),
    ...(comparePrevious === true && { comparePrevious }),
    ...(timeframe !== undefined && { timeframe }),
    ...(isRecord(kept) && { filters: kept })
  }
}

/** Without people, the API counts the caller's rows. */
export const selectionOf = (people: Chosen): Pick<RunRequest, "assigneeIds" | "everyone"> => {
  if (people === "me") return {}
  return people === "everyone" ? { everyone: true } : { assigneeIds: people }
}

interface Asking {
  readonly widgets: ReadonlyArray<Widget>
  readonly timeframe: Timeframe
  readonly people: Chosen
  readonly filters: Filters
  readonly metrics: ReadonlyMap<string, CatalogEntry>
}

export const requestOf = ({ filters, metrics, people, timeframe, widgets }: Asking): RunRequest => ({
  timeframe,
  ...selectionOf(people),
  widgets: widgets.map((widget) => asked(widget, metrics.get(widget.metricId), filters))
})
