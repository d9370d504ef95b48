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

/** Returns the run of some of the widgets under the same view. */
export const runOf = (run: RunRequest, ...instanceIds: ReadonlyArray<string>): RunRequest | undefined => {
  const widgets = run.widgets.filter(({ instanceId }) => instanceIds.includes(instanceId))
  return widgets.length === 0 ? undefined : { ...run, widgets }
}

export const recordsRequest = (
  { point: { at }, widget }: RecordsAsked,
  run: RunRequest
): RecordsRequest | undefined => {
  const { widgets: [asked], ...selection } = runOf(run, widget.instanceId) ?? { widgets: [] }
  return asked === undefined ? undefined : { ...selection, widget: asked, at }
}
