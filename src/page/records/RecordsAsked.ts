import type { MetricSeries, RecordsRequest, RunRequest, Widget } from "../api/wire.ts"
import type { Point } from "./Point.ts"

/** A point whose records somebody wants to see. */
export interface RecordsAsked {
  readonly widget: Widget
  readonly title: string
  readonly series: MetricSeries
  readonly point: Point
}

/** The request has the timeframe, the people and the filters of the run. */
export const recordsRequest = (
  { point: { at }, widget }: RecordsAsked,
  { widgets, ...selection }: RunRequest
): RecordsRequest | undefined => {
  const asked = widgets.find(({ instanceId }) => instanceId === widget.instanceId)
  return asked === undefined ? undefined : { ...selection, widget: asked, at }
}
