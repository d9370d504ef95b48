import type { MetricSeries, RecordsRequest, RunRequest, Widget } from "../api/wire.ts"
import type { Narrowing } from "../choosing/narrowing.ts"
import { type Point, pointRows, previousPoint, wholePoint } from "./Point.ts"

export interface RecordsAsked {
  readonly widget: Widget
  readonly title: string
  readonly series: MetricSeries
  readonly point: Point
  readonly narrowing?: Narrowing | undefined
}

/** Returns the point as it is in a newer series of the card. */
export const askedNow = (asked: RecordsAsked, series = asked.series): RecordsAsked => {
  const at = JSON.stringify(asked.point.at)
  const points = [wholePoint(series), previousPoint(series), ...pointRows(series).flat()]
  return { ...asked, series, point: points.find((point) => JSON.stringify(point.at) === at) ?? asked.point }
}

export const recordsRequest = (
  { point: { at }, widget }: RecordsAsked,
  { widgets, ...selection }: RunRequest
): RecordsRequest | undefined => {
  const asked = widgets.find(({ instanceId }) => instanceId === widget.instanceId)
  return asked === undefined ? undefined : { ...selection, widget: asked, at }
}
