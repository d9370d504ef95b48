import type { SeriesOption } from "echarts"
import type { MetricSeries, SeriesKey, TimeseriesPoint } from "../domain/Series.ts"
import type { Look } from "./Look.ts"
import { valueAt } from "./tableOf.ts"

export type Timeseries = Extract<MetricSeries, { readonly shape: "timeseries" }>

const partialOpacity = 0.45

export const areaOpacity = (count: number, isStacked: boolean) => {
  if (isStacked) return 0.72
  return count === 1 ? 0.2 : 0.06
}

/** A line needs two values, so a single value is drawn as a dot. */
const isAlone = (values: ReadonlyArray<number | null>, index: number) =>
  values[index] !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null

export const barSeries = (
  key: SeriesKey,
  points: Timeseries["points"],
  color: string,
  isStacked: boolean
): SeriesOption => ({
  id: key.key,
  name: key.label,
  type: "bar",
  ...(isStacked && { stack: "all" }),
  barMaxWidth: 40,
  barCategoryGap: points.length > 60 ? "8%" : "28%",
  itemStyle: { color, borderRadius: isStacked ? 0 : [2, 2, 0, 0] },
  emphasis: { focus: isStacked ? "series" : "none" },
  data: points.map((point) => ({
    value: valueAt(point, key.key) ?? "-",
    ...(point.partial === true && { itemStyle: { opacity: partialOpacity } })
  }))
})

const isShort = (points: Timeseries["points"]) => points.length <= 40

/** Beside a partial point, the chart is lighter. */
const isFading = (points: Timeseries["points"], index: number) =>
  [index - 1, index, index + 1].some((at) => points[at]?.partial === true)

const dot = 5
const aloneDot = 7

const symbolSize = (isAlone: boolean, isDrawn: boolean) => {
  if (isAlone) return aloneDot
  return isDrawn ? dot : 0
}

export const lineSeries = (
  key: SeriesKey,
  points: Timeseries["points"],
  color: string,
  area: number,
  isStacked: boolean
): SeriesOption => {
  const values = points.map((point) => valueAt(point, key.key))
  return {
    id: key.key,
    name: key.label,
    type: "line",
    ...(isStacked && { stack: "all" }),
    ...(area > 0 && { areaStyle: { opacity: area, color } }),
    connectNulls: false,
    symbol: "circle",
    showSymbol: true,
    showAllSymbol: true,
    lineStyle: { width: isStacked ? 1.5 : 2, color },
    itemStyle: { color },
    emphasis: { focus: isStacked ? "series" : "none" },
    data: values.map((value, index) => ({
      value: value ?? "-",
      symbolSize: symbolSize(isAlone(values, index), isShort(points) && !isStacked && !isFading(points, index)),
      ...(points[index]?.partial === true && { itemStyle: { opacity: partialOpacity } })
    }))
  }
}

/** The lighter area would cover half of these dots, so they are drawn above it. The dot of a partial point is hollow. */
export const dotsAbove = (
  { key }: SeriesKey,
  points: Timeseries["points"],
  color: string,
  { theme }: Look
): ReadonlyArray<SeriesOption> => {
  const values = points.map((point) => valueAt(point, key))
  const isAbove = (index: number) => isFading(points, index) && !isAlone(values, index)
  if (!isShort(points) || !points.some((_, index) => isAbove(index))) return []
  return [{
    type: "line",
    z: 6,
    silent: true,
    tooltip: { show: false },
    symbol: "circle",
    showAllSymbol: true,
    lineStyle: { width: 0 },
    itemStyle: { color },
    data: values.map((value, index) => ({
      value: isAbove(index) ? value ?? "-" : "-",
      symbolSize: dot,
      ...(points[index]?.partial === true && {
        itemStyle: { color: theme.surface, borderColor: color, borderWidth: 1.5 }
      })
    }))
  }]
}

/** The id of the line of the previous period. */
export const previousKey = "~previous"

export const previousSeries = (
  points: ReadonlyArray<TimeseriesPoint>,
  key: string,
  look: Look
): SeriesOption => ({
  id: previousKey,
  name: look.localization.t.previousPeriod(),
  type: "line",
  connectNulls: false,
  showSymbol: false,
  symbol: "circle",
  lineStyle: { width: 1.5, type: "dashed", color: look.theme.muted },
  itemStyle: { color: look.theme.muted },
  data: points.map((point) => valueAt(point, key) ?? "-")
})

export const fades = (points: Timeseries["points"], keys: ReadonlyArray<SeriesKey>, { theme }: Look): SeriesOption => ({
  type: "line",
  data: points.map(() => "-"),
  silent: true,
  markArea: {
    silent: true,
    z: 5,
    itemStyle: { color: theme.surface, opacity: 1 - partialOpacity },
    data: points.slice(1).flatMap(({ partial }, index) => {
      const isFaded = partial === true || (index === 0 && points[0]?.partial === true)
      return isFaded && keys.some(({ key }) => valueAt(points[index], key) !== null)
        ? [[{ xAxis: index }, { xAxis: index + 1 }]]
        : []
    })
  }
})
