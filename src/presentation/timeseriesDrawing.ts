import type { EChartsOption, SeriesOption } from "echarts"
import type { ChartKind } from "../domain/Chart.ts"
import type { MetricSeries, SeriesKey, TimeseriesPoint } from "../domain/Series.ts"
import { bucketLabel } from "./bucketLabel.ts"
import { distinctLabels } from "./distinctLabels.ts"
import { durationAxis } from "./durationAxis.ts"
import { legendOf, legendRoom } from "./legendOf.ts"
import { base, colorsOf, type Look, mutedText } from "./Look.ts"
import { valueAt } from "./tableOf.ts"
import { withFewer } from "./withFewer.ts"

type Timeseries = Extract<MetricSeries, { readonly shape: "timeseries" }>

const partialOpacity = 0.45

const areaOpacity = (count: number, isStacked: boolean) => {
  if (isStacked) return 0.72
  return count === 1 ? 0.2 : 0.06
}

/** Bars that would be narrower than this (in pixels) are stacked. */
const narrowestBar = 4

/** A line needs two values, so a single value is drawn as a dot. */
const isAlone = (values: ReadonlyArray<number | null>, index: number) =>
  values[index] !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null

const barSeries = (key: SeriesKey, points: Timeseries["points"], color: string, isStacked: boolean): SeriesOption => ({
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

/** The area before a partial point is lighter and would cover half of each symbol, so symbols are left out there. */
const isFading = (points: Timeseries["points"], index: number) =>
  points[index]?.partial === true || points[index + 1]?.partial === true

const symbolSize = (isAlone: boolean, isShort: boolean) => {
  if (isAlone) return 7
  return isShort ? 5 : 0
}

const lineSeries = (
  key: SeriesKey,
  points: Timeseries["points"],
  color: string,
  area: number,
  isStacked: boolean
): SeriesOption => {
  const values = points.map((point) => valueAt(point, key.key))
  const isShort = points.length <= 40 && !isStacked
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
      symbolSize: symbolSize(isAlone(values, index), isShort && !isFading(points, index)),
      ...(points[index]?.partial === true && { itemStyle: { opacity: partialOpacity } })
    }))
  }
}

const previousName = "Previous period"

const previousSeries = (
  points: ReadonlyArray<TimeseriesPoint>,
  key: string,
  look: Look
): SeriesOption => ({
  name: previousName,
  type: "line",
  connectNulls: false,
  showSymbol: false,
  symbol: "circle",
  lineStyle: { width: 1.5, type: "dashed", color: look.theme.muted },
  itemStyle: { color: look.theme.muted },
  data: points.map((point) => valueAt(point, key) ?? "-")
})

const fades = (points: Timeseries["points"], keys: ReadonlyArray<SeriesKey>, { theme }: Look): SeriesOption => ({
  type: "line",
  data: points.map(() => "-"),
  silent: true,
  markArea: {
    silent: true,
    z: 5,
    itemStyle: { color: theme.surface, opacity: 1 - partialOpacity },
    data: points.flatMap(({ partial }, index) =>
      partial === true && keys.some(({ key }) => valueAt(points[index - 1] ?? points[index + 1], key) !== null)
        ? [[{ xAxis: Math.max(0, index - 1) }, { xAxis: Math.max(1, index) }]]
        : []
    )
  }
})

const heightsOf = (points: Timeseries["points"], keys: ReadonlyArray<SeriesKey>, isStacked: boolean) =>
  points.flatMap((point) => {
    const values = keys.map(({ key }) => valueAt(point, key) ?? 0)
    return isStacked ? [values.reduce((sum, value) => sum + value, 0)] : values
  })

const aYear = 366 * 86_400_000

const spansYears = (points: Timeseries["points"]) => {
  const [first, last] = [points[0]?.bucket ?? "", points.at(-1)?.bucket ?? ""]
  return Date.parse(last) - Date.parse(first) > aYear
}

export const timeseriesDrawing = (all: Timeseries, chart: ChartKind, look: Look): EChartsOption => {
  const { meta, points, previousPoints, series } = withFewer(
    all,
    legendRoom(all.series.map(({ label }) => label), look)
  )
  const keys = distinctLabels(series)
  const isStacked = keys.length > 1 && chart !== "line" && meta.additive
  const sideBySide = isStacked ? 1 : keys.length
  const isBar = chart === "bar" &&
    (sideBySide === 1 || look.size.width / (points.length * (sideBySide + 1)) >= narrowestBar)
  const area = chart === "area" ? areaOpacity(keys.length, isStacked) : 0
  const colors = colorsOf(keys.map(({ key }) => key), look)
  const [only, ...others] = keys
  const before = only !== undefined && others.length === 0 ? previousPoints?.slice(0, points.length) : undefined
  const previous = only !== undefined && before !== undefined
    ? [previousSeries(before, only.key, look)]
    : []
  const label = bucketLabel(meta.window?.bucket ?? "day", look.locale, spansYears(points))
  const names = [...keys.map(({ label }) => label), ...previous.map(() => previousName)]
  const legend = names.length > 1 ? legendOf(names, look, previousName) : { height: 0, option: {} }
  const marks = keys.map((key, index) => {
    const color = colors[index] ?? look.theme.colors.blue
    return isBar ? barSeries(key, points, color, isStacked) : lineSeries(key, points, color, area, isStacked)
  })
  const splitNumber = Math.max(1, Math.min(5, Math.floor((look.size.height - legend.height - 30) / 32)))
  return {
    ...base(look),
    ...(look.details.isInteractive !== false && {
      tooltip: {
        trigger: "axis",
        confine: true,
        backgroundColor: look.theme.surface,
        borderColor: look.theme.line,
        textStyle: mutedText(look),
        axisPointer: { type: isBar ? "shadow" : "line" },
        valueFormatter: (value) => typeof value === "number" ? look.format.full(value) : "–"
      }
    }),
    ...legend.option,
    grid: {
      left: 4,
      right: 14,
      top: 10,
      bottom: legend.height + 4,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel"
    },
    xAxis: {
      type: "category",
      boundaryGap: isBar || points.length === 1,
      data: points.map(({ bucket }) => label(bucket)),
      axisLabel: { ...mutedText(look), hideOverlap: true, showMaxLabel: true },
      axisLine: { onZero: true, lineStyle: { color: look.theme.line } },
      axisTick: { show: false }
    },
    yAxis: {
      type: "value",
      minInterval: look.isWhole ? 1 : 0,
      axisLabel: { ...mutedText(look), formatter: (value: number) => look.format.axis(value), hideOverlap: true },
      splitNumber,
      ...durationAxis(
        meta.unit,
        [points, before ?? []].flatMap((drawn) => heightsOf(drawn, keys, isStacked)),
        splitNumber
      ),
      splitLine: { lineStyle: { color: look.theme.line } }
    },
    series: [...previous, ...marks, ...(isBar || points.length === 1 ? [] : [fades(points, keys, look)])]
  }
}
