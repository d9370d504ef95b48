import type { EChartsOption } from "echarts"
import type { ChartKind } from "../domain/Chart.ts"
import type { SeriesKey, Unit } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { bucketLabel } from "./bucketLabel.ts"
import { legendOf, legendRoom } from "./legendOf.ts"
import { base, colorsOf, type Look, mutedText, valueAxis } from "./Look.ts"
import { keptAndRest, restKey, restName, restValue } from "./restOf.ts"
import { valueAt } from "./tableOf.ts"
import { targetLines } from "./targetLines.ts"
import { targetName } from "./targetOf.ts"
import {
  areaOpacity,
  barSeries,
  dotsAbove,
  fades,
  lineSeries,
  previousSeries,
  type Timeseries
} from "./timeseriesMarks.ts"

/** The smallest series are added up, or left out if the metric is not additive. */
export const withFewer = (all: Timeseries, most: number, localization: Localization): Timeseries => {
  const { meta, points, series } = all
  if (series.length <= most) return all
  const sum = ({ key }: SeriesKey) => points.reduce((total, point) => total + Math.abs(valueAt(point, key) ?? 0), 0)
  const { kept, rest } = keptAndRest(series, most, sum)
  const restOf = (point: Timeseries["points"][number]) =>
    restValue(rest.map(({ key }) => valueAt(point, key)), meta.additive)
  return {
    ...all,
    series: [...kept, { key: restKey, label: restName(rest, meta.additive, localization) }],
    points: points.map((point) => ({ ...point, [restKey]: restOf(point) }))
  }
}

/** Bars that would be narrower than this (in pixels) are stacked. */
const narrowestBar = 4

const heightsOf = (points: Timeseries["points"], keys: ReadonlyArray<SeriesKey>, isStacked: boolean) =>
  points.flatMap((point) => {
    const values = keys.map(({ key }) => valueAt(point, key) ?? 0)
    return isStacked ? [values.reduce((sum, value) => sum + value, 0)] : values
  })

const aYear = 366 * 86_400_000

const spansYears = (buckets: ReadonlyArray<string>) => {
  const [first = "", last = ""] = [buckets[0], buckets.at(-1)]
  return Date.parse(last) - Date.parse(first) > aYear
}

/** ECharts identifies a series by its name, but labels can repeat. */
const distinctLabels = (keys: ReadonlyArray<SeriesKey>): ReadonlyArray<SeriesKey> => {
  const seen = new Map<string, number>()
  return keys.map(({ key, label }) => {
    const count = (seen.get(label) ?? 0) + 1
    seen.set(label, count)
    return { key, label: count === 1 ? label : `${label} (${count})` }
  })
}

const steps = [1, 2, 5, 10, 15, 20, 30]

const niceStep = (least: number): number => {
  const known = steps.find((step) => step >= least)
  if (known !== undefined) return known
  const power = 10 ** Math.floor(Math.log10(least))
  return power * ([1, 2, 5, 10].find((step) => step * power >= least) ?? 10)
}

/** From 2 hours (or minutes) on, ticks are at whole hours (or minutes). */
const durationAxis = (unit: Unit, values: ReadonlyArray<number>, most: number) => {
  const highest = Math.max(0, ...values) / 60
  const isDuration = unit === "minutes" || unit === "seconds"
  if (!isDuration || highest < 2 || values.some((value) => value < 0)) return {}
  const step = niceStep(highest / most)
  return { interval: step * 60, max: Math.ceil(highest / step) * step * 60 }
}

export const timeseriesDrawing = (all: Timeseries, chart: ChartKind, look: Look): EChartsOption => {
  const { meta, points, previousPoints, series } = withFewer(
    all,
    legendRoom(all.series.map(({ label }) => label), look),
    look.localization
  )
  const keys = distinctLabels(series)
  const target = targetLines(all, look)
  const buckets = target?.buckets ?? points.map(({ bucket }) => bucket)
  const isStacked = keys.length > 1 && chart !== "line" && meta.additive
  const sideBySide = isStacked ? 1 : keys.length
  const isBar = chart === "bar" &&
    (sideBySide === 1 || look.size.width / (buckets.length * (sideBySide + 1)) >= narrowestBar)
  const area = chart === "area" ? areaOpacity(keys.length, isStacked) : 0
  const colors = colorsOf(keys.map(({ key }) => key), look)
  const [only, ...others] = keys
  const before = only !== undefined && others.length === 0 ? previousPoints?.slice(0, points.length) : undefined
  const previous = only !== undefined && before !== undefined
    ? [previousSeries(before, only.key, look)]
    : []
  const label = bucketLabel(meta.window?.bucket ?? "day", look.localization, spansYears(buckets))
  const previousName = look.localization.t.previousPeriod()
  const named = keys.filter(({ key }) => key !== look.details.chosen)
  const names = [...named.map(({ label }) => label), ...previous.map(() => previousName), ...(target?.names ?? [])]
  const legend = names.length > (named.length < keys.length ? 0 : 1)
    ? legendOf(names, look, [previousName, targetName(meta, look.localization)])
    : { height: 0, option: {} }
  const colorAt = (index: number) => colors[index] ?? look.theme.colors.blue
  const marks = keys.map((key, index) => {
    const color = colorAt(index)
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
      boundaryGap: isBar || buckets.length === 1,
      data: buckets.map(label),
      axisLabel: { ...mutedText(look), hideOverlap: true, showMaxLabel: true },
      axisLine: { onZero: true, lineStyle: { color: look.theme.line } },
      axisTick: { show: false }
    },
    yAxis: [
      {
        ...valueAxis(look, splitNumber),
        ...durationAxis(
          meta.unit,
          [points, before ?? []].flatMap((drawn) => heightsOf(drawn, keys, isStacked)),
          splitNumber
        )
      },
      ...(target?.hasOwnAxis === true
        ? [{ ...valueAxis(look, splitNumber), alignTicks: true, splitLine: { show: false } }]
        : [])
    ],
    series: [
      ...previous,
      ...marks,
      ...(target?.lines ?? []),
      ...(isBar || points.length === 1 ? [] : [fades(points, keys, look)]),
      ...(isBar || isStacked ? [] : keys.flatMap((key, index) => dotsAbove(key, points, colorAt(index), look)))
    ]
  }
}
