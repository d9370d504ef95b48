import type { MetricSeries, RecordsRequest, RunRequest, Widget } from "../api/wire.ts"
import type { Point } from "./Point.ts"

export interface RecordsAsked {
  readonly widget: Widget
  readonly title: string
  readonly series: MetricSeries
  readonly point: Point
}

export const recordsRequest = (
  { point: { at }, widget }: RecordsAsked,
  { widgets, ...selection }: RunRequest
): RecordsRequest | undefined => {
  const asked = widgets.find(({ instanceId }) => instanceId === widget.instanceId)
  return asked === undefined ? undefined : { ...selection, widget: asked, at }
}
