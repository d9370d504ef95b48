import { scopeOfOthers } from "../../presentation/peopleCount.ts"
import type { MetricSeries, ReportHistory } from "../api/wire.ts"
import { zoneOr } from "../shell/messages.ts"

/** The axis has one place for each snapshot. Returns undefined if no snapshot has numbers. */
export const historySeries = (
  { instanceId, meta, points, series }: ReportHistory,
  timeZone: string
): MetricSeries | undefined => {
  if (meta === undefined) return undefined
  const { previousWindow: _previous, target: _target, window: _window, ...others } = meta
  // The format of Sweden is an ISO date.
  const day = new Intl.DateTimeFormat("sv", { dateStyle: "short", timeZone: zoneOr(timeZone) })
  return {
    instanceId,
    shape: "timeseries",
    series,
    points: points.map((point) => ({ ...point, bucket: day.format(new Date(point.bucket)) })),
    stat: null,
    // A history may have snapshots of several people.
    meta: { ...others, scope: scopeOfOthers(others.scope) }
  }
}
