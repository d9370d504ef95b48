import type { MetricSeries, RecordsRequest, RunRequest, Timeframe } from "../api/wire.ts"
import { timeZone } from "../shell/messages.ts"

const isNothing = (value: unknown) => typeof value !== "number" || value === 0

const isBlank = (series: MetricSeries): boolean => {
  switch (series.shape) {
    case "stat":
      return isNothing(series.stat?.value)
    case "timeseries":
      return series.points.every((point) => Object.values(point).every(isNothing))
    case "category":
    case "leaderboard":
      return series.points.every(({ value }) => isNothing(value))
  }
}

/** Metrics of a category count the same kind of record, so the first empty widget of each is enough. */
const categoryOf = (metricId: string) => metricId.slice(0, metricId.indexOf("."))

/**
 * Asks for the newest records before the windows, in the same view. Returns no requests unless all numbers that have a
 * timeframe are missing or 0. A widget that failed, or that only admins may see, is empty for another reason. The view
 * cannot change a widget's own timeframe.
 */
export const newestRequests = (
  { widgets, ...view }: RunRequest,
  series: ReadonlyMap<string, MetricSeries>
): ReadonlyArray<RecordsRequest> => {
  const requests = new Map<string, RecordsRequest>()
  for (const asked of widgets) {
    const found = series.get(asked.instanceId)
    if (found === undefined) return []
    const { error, meta: { gated, window } } = found
    if (error !== undefined || gated !== undefined || window === undefined) continue
    if (!isBlank(found)) return []
    const category = categoryOf(asked.metricId)
    if (asked.timeframe !== undefined || window.from === null || requests.has(category)) continue
    const timeframe = { preset: "custom", from: "1970-01-01", to: window.from, bucket: "year" }
    const widget = { ...asked, timeframe, comparePrevious: false, target: false }
    requests.set(category, { ...view, comparePrevious: false, widget, limit: 1, part: "records" })
  }
  return [...requests.values()]
}

const yearMillis = 365 * 86_400_000

/** The year ends on the day of this moment in the time zone of the run. Default: the time zone of the organization. */
export const yearUntil = (last: number, zone = timeZone()): Timeframe => {
  const dateOf = (time: number) => new Intl.DateTimeFormat("sv", { timeZone: zone }).format(time)
  return { preset: "custom", from: dateOf(last - yearMillis), to: dateOf(last), bucket: "month" }
}
