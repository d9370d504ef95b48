import type { MetricSeries, SeriesKey } from "../domain/Series.ts"
import { valueAt } from "./tableOf.ts"

type Timeseries = Extract<MetricSeries, { readonly shape: "timeseries" }>

export const restKey = "~rest"

/** The smallest series are added up, or left out if the metric is not additive. */
export const withFewer = (all: Timeseries, most: number): Timeseries => {
  const { meta, points, series } = all
  if (series.length <= most) return all
  const sum = ({ key }: SeriesKey) => points.reduce((total, point) => total + Math.abs(valueAt(point, key) ?? 0), 0)
  const largest = new Set(series.toSorted((a, b) => sum(b) - sum(a)).slice(0, Math.max(1, most - 1)))
  const rest = series.filter((key) => !largest.has(key))
  const kept = series.filter((key) => largest.has(key))
  const restOf = (point: Timeseries["points"][number]) =>
    meta.additive ? rest.reduce((total, { key }) => total + (valueAt(point, key) ?? 0), 0) : null
  return {
    ...all,
    series: [...kept, { key: restKey, label: `${rest.length} more${meta.additive ? "" : ", not shown"}` }],
    points: points.map((point) => ({ ...point, [restKey]: restOf(point) }))
  }
}
