import type { MetricSeries, SeriesKey } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { restKey, restName, restValue } from "./restOf.ts"
import { valueAt } from "./tableOf.ts"

type Timeseries = Extract<MetricSeries, { readonly shape: "timeseries" }>

/** The smallest series are added up, or left out if the metric is not additive. */
export const withFewer = (all: Timeseries, most: number, localization: Localization): Timeseries => {
  const { meta, points, series } = all
  if (series.length <= most) return all
  const sum = ({ key }: SeriesKey) => points.reduce((total, point) => total + Math.abs(valueAt(point, key) ?? 0), 0)
  const largest = new Set(series.toSorted((a, b) => sum(b) - sum(a)).slice(0, Math.max(1, most - 1)))
  const rest = series.filter((key) => !largest.has(key))
  const kept = series.filter((key) => largest.has(key))
  const restOf = (point: Timeseries["points"][number]) =>
    restValue(rest.map(({ key }) => valueAt(point, key)), meta.additive)
  return {
    ...all,
    series: [...kept, { key: restKey, label: restName(rest, meta.additive, localization) }],
    points: points.map((point) => ({ ...point, [restKey]: restOf(point) }))
  }
}
