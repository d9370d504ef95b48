import type { CatalogEntry, Filters, Options, RunRequest, Timeframe, Widget } from "../api/wire.ts"
import type { Chosen } from "./View.ts"

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** A card's own filter of a kind wins over the page's, as its own timeframe does. */
const filtersOf = (widget: Widget, metric: CatalogEntry | undefined, filters: Filters) => {
  const own = isRecord(widget.filters) ? widget.filters : {}
  const ours = Object.fromEntries(Object.entries(filters).filter(([key]) => metric?.filters.includes(key) === true))
  return Object.keys(ours).length === 0 ? widget.filters : { ...ours, ...own }
}

const asked = (widget: Widget, metric: CatalogEntry | undefined, filters: Filters): RunRequest["widgets"][number] => {
  const { chart, groupBy, instanceId, metricId, timeframe } = widget
  const kept = filtersOf(widget, metric, filters)
  return {
    instanceId,
    metricId,
    chart,
    ...(groupBy !== undefined && { groupBy }),
    ...(timeframe !== undefined && { timeframe }),
    ...(isRecord(kept) && { filters: kept })
  }
}

/** The people of a choice as the API takes them; nobody for oneself alone. */
export const assigneesOf = (people: Chosen, options: Options): ReadonlyArray<string> => {
  if (people === "me") return []
  if (people !== "everyone") return people
  return options.people.filter(({ hasLeft }) => !hasLeft).map(({ id }) => id)
}

interface Asking {
  readonly widgets: ReadonlyArray<Widget>
  readonly timeframe: Timeframe
  readonly people: Chosen
  readonly filters: Filters
  readonly options: Options
  readonly metrics: ReadonlyMap<string, CatalogEntry>
}

export const requestOf = ({ filters, metrics, options, people, timeframe, widgets }: Asking): RunRequest => ({
  timeframe,
  assigneeIds: assigneesOf(people, options),
  widgets: widgets.map((widget) => asked(widget, metrics.get(widget.metricId), filters))
})
