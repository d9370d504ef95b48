import type { MetricSeries } from "../../src/domain/Series.ts"
import { metricsById } from "../../src/metrics/all.ts"
import type { Metric } from "../../src/metrics/Metric.ts"
import { groupingsOf } from "../support/groupingsOf.ts"

/** Metrics with equal definitions must have equal totals. */
const definitionOf = (metric: Metric): string => {
  const { at, dominant, filters, from, measure, unit, where } = metric
  const part = metric.shape === "stat" ? metric.split?.shown : undefined
  return JSON.stringify([from.table, where, measure, at?.name, dominant, filters, unit, part])
}

interface View {
  readonly metricId: string
  readonly groupBy: string | undefined
  readonly metric: Metric
}

/** Each inner list has the metrics that share a definition, once per grouping. Handwritten metrics are left out. */
export const families: ReadonlyArray<ReadonlyArray<View>> = [
  ...Map.groupBy(
    [...metricsById].filter(([, { measure }]) => measure._tag !== "Handwritten").flatMap(([metricId, metric]) =>
      groupingsOf(metric).map((groupBy): View => ({ metricId, groupBy, metric }))
    ),
    ({ metric }) => definitionOf(metric)
  ).values()
]

/** Returns a list of values for each group. */
export const columnsOf = (series: MetricSeries): ReadonlyArray<ReadonlyArray<number | null>> => {
  switch (series.shape) {
    case "timeseries":
      return series.series.map(({ key }) =>
        series.points.map((point) => {
          const value = point[key]
          return typeof value === "number" ? value : null
        })
      )
    case "stat":
      return series.stat === null ? [] : [[series.stat.value]]
    case "category":
    case "leaderboard":
      return series.points.map(({ value }) => [value])
  }
}

const added = (values: ReadonlyArray<number | null>) => values.reduce<number>((all, value) => all + (value ?? 0), 0)

const totalsOf = (series: MetricSeries): ReadonlyArray<number> => columnsOf(series).map(added)

export const wholeOf = (series: MetricSeries): number => added(totalsOf(series))

/** Returns the largest total among the groups, without `~other`. */
export const largestOf = (series: MetricSeries): number => {
  const hasRest = series.series.at(-1)?.key === "~other"
  return Math.max(0, ...totalsOf(series).slice(0, hasRest ? -1 : undefined))
}

const smallest = { count: 0, money: 0, percent: 0, days: 0.05, minutes: 0.05, seconds: 0.05 }

/** Returns how much a sum of rounded values may differ from the rounded sum. */
export const slackOf = (...all: ReadonlyArray<MetricSeries>): number => {
  const values = all.flatMap((series) => columnsOf(series).flat())
  const largest = Math.max(1, ...all.map((series) => Math.abs(wholeOf(series))))
  return Math.max(...all.map(({ meta }) => smallest[meta.unit])) * (values.length + 1) + largest * 1e-12
}
