import type { MetricSeries, SeriesKey, TimeseriesPoint } from "../domain/Series.ts"
import { changeOf, changeUnitOf } from "./changeOf.ts"
import type { Table, TableColumn } from "./Table.ts"

const column = (kind: TableColumn["kind"], key: string, label: string): TableColumn => ({ kind, key, label })

export const valueAt = (point: TimeseriesPoint | undefined, key: string): number | null => {
  const value = point?.[key]
  return typeof value === "number" ? value : null
}

type Timeseries = Extract<MetricSeries, { readonly shape: "timeseries" }>

const before = ({ key, label }: SeriesKey): TableColumn => column("previous", key, `${label}, previous`)

const timeseriesTable = ({ points, previousPoints, series }: Timeseries): Table => ({
  columns: [
    column("bucket", "bucket", "Date"),
    ...series.map(({ key, label }) => column("value", key, label)),
    ...(previousPoints === undefined ? [] : series.map(before)),
    column("partial", "partial", "Partial")
  ],
  rows: Array.from({ length: Math.max(points.length, previousPoints?.length ?? 0) }, (_, index) => [
    points[index]?.bucket ?? null,
    ...series.map(({ key }) => valueAt(points[index], key)),
    ...(previousPoints === undefined ? [] : series.map(({ key }) => valueAt(previousPoints[index], key))),
    points[index]?.partial === true
  ])
})

export const tableOf = (series: MetricSeries): Table => {
  switch (series.shape) {
    case "timeseries":
      return timeseriesTable(series)
    case "category":
      return {
        columns: [
          column("key", "category", "Key"),
          column("label", "label", "Label"),
          column("value", "value", "Value")
        ],
        rows: series.points.map(({ category, label, value }) => [category, label, value])
      }
    case "leaderboard":
      return {
        columns: [
          column("rank", "rank", "Rank"),
          column("key", "category", "Id"),
          column("label", "label", "Person"),
          column("value", "value", "Value")
        ],
        rows: series.points.map(({ category, label, rank, value }) => [rank, category, label, value])
      }
    case "stat":
      return {
        columns: [
          column("value", "value", "Value"),
          column("previous", "previous", "Previous"),
          column("change", "change", `Change in ${changeUnitOf(series.meta.unit)}`)
        ],
        rows: series.stat === null
          ? []
          : [[series.stat.value, series.stat.previous, changeOf(series.stat, series.meta.unit)]]
      }
  }
}
