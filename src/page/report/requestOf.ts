import type { Filters, RunRequest, Timeframe, Widget } from "../api/wire.ts"
import type { Chosen } from "./View.ts"

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** A widget's own filters override those of the view. Filters that are not an object are sent as they are stored. */
const filtersOf = ({ filters }: Widget, ours: Filters): unknown => {
  if (filters === undefined || filters === null) return Object.keys(ours).length === 0 ? undefined : ours
  return isRecord(filters) ? { ...ours, ...filters } : filters
}

const asked = (widget: Widget, filters: Filters): RunRequest["widgets"][number] => {
  const { chart, comparePrevious, groupBy, instanceId, metricId, target, timeframe } = widget
  const kept = filtersOf(widget, filters)
  return {
    instanceId,
    metricId,
    chart,
    ...(groupBy !== undefined && { groupBy }),
    ...(comparePrevious === true && { comparePrevious }),
    ...(target === true && { target }),
    ...(timeframe !== undefined && { timeframe }),
    ...(kept !== undefined && { filters: kept })
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
}

export const requestOf = ({ filters, people, timeframe, widgets }: Asking): RunRequest => ({
  timeframe,
  ...selectionOf(people),
  widgets: widgets.map((widget) => asked(widget, filters))
})
