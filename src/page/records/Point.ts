import { bucketLabel } from "../../presentation/bucketLabel.ts"
import { changeInWords, statOf } from "../../presentation/changeOf.ts"
import { restKey } from "../../presentation/restOf.ts"
import { valueAt } from "../../presentation/tableOf.ts"
import { previousKey } from "../../presentation/timeseriesMarks.ts"
import type { MetricSeries, RecordsAt } from "../api/wire.ts"
import { localization, t } from "../shell/messages.ts"

export interface Point {
  readonly at: RecordsAt
  readonly label: string
  /** `value` is undefined if the series lacks this number, such as a total of several lines. */
  readonly value: number | null | undefined
  /** Such as `+12.5% from 34`, if the view compares with the previous period. */
  readonly change?: string
}

export const wholePoint = ({ stat }: MetricSeries): Point => ({ at: {}, label: "", value: stat?.value })

export const previousPoint = ({ stat }: MetricSeries): Point => ({
  at: { period: "previous" },
  label: t.periodBefore(),
  value: stat?.previous
})

type Timeseries = Extract<MetricSeries, { readonly shape: "timeseries" }>

const dateOf = (bucket: string, { meta: { window } }: Timeseries): string => {
  const size = window?.bucket ?? "day"
  const label = bucketLabel(size, localization(), true)(bucket)
  return size === "week" ? t.weekOf({ day: label }) : label
}

/** Without `key`, the point is a date with all series. */
export const datePoint = (series: Timeseries, index: number, key?: string): Point | undefined => {
  const point = series.points[index]
  if (point === undefined) return undefined
  const { bucket } = point
  const date = dateOf(bucket, series)
  const [only, second] = series.series
  if (second === undefined) return { at: { bucket }, label: date, value: valueAt(point, only?.key ?? "value") }
  const one = series.series.find((other) => other.key === key)
  return one === undefined
    ? { at: { bucket }, label: date, value: undefined }
    : { at: { bucket, series: one.key }, label: `${date}, ${one.label}`, value: valueAt(point, one.key) }
}

export const categoryPoint = (
  { meta, points }: Exclude<MetricSeries, Timeseries>,
  index: number
): Point | undefined => {
  const point = points[index]
  if (point === undefined) return undefined
  const stat = statOf(point)
  const change = stat && changeInWords(stat, meta, localization())
  return {
    at: { category: point.category },
    label: point.label,
    value: point.value,
    ...(change !== undefined && { change })
  }
}

/** Returns one line with all its dates. */
const linePoint = ({ series }: Timeseries, key: string | undefined): Point | undefined => {
  if (key === previousKey) return { at: { period: "previous" }, label: t.periodBefore(), value: undefined }
  const one = series.find((other) => other.key === key)
  return one === undefined ? undefined : { at: { series: one.key }, label: one.label, value: undefined }
}

export interface Mark {
  readonly seriesId?: string | undefined
  readonly itemId?: string | undefined
  readonly index?: number | undefined
  /** A click on a name, or with Shift, narrows the report. */
  readonly narrows?: boolean
}

export const pointOf = (series: MetricSeries, { index, itemId, seriesId }: Mark): Point | "rest" | undefined => {
  if (seriesId === restKey || itemId === restKey) return "rest"
  if (series.shape === "stat") return wholePoint(series)
  if (series.shape === "timeseries") {
    return index === undefined ? linePoint(series, seriesId) : datePoint(series, index, seriesId)
  }
  const at = itemId === undefined ? index : series.points.findIndex(({ category }) => category === itemId)
  return at === undefined ? undefined : categoryPoint(series, at)
}

const isPoint = (point: Point | undefined): point is Point => point !== undefined

/** Rows are series, and columns are dates or categories. The arrow keys move between them. */
export const pointRows = (series: MetricSeries): ReadonlyArray<ReadonlyArray<Point>> => {
  if (series.shape === "stat") return [[wholePoint(series)]]
  const columns = [...series.points.keys()]
  if (series.shape !== "timeseries") return [columns.map((index) => categoryPoint(series, index)).filter(isPoint)]
  const keys = series.series.length > 1 ? [undefined, ...series.series.map(({ key }) => key)] : [undefined]
  return keys.map((key) => columns.map((index) => datePoint(series, index, key)).filter(isPoint))
}
