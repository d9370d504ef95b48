import type { MetricSeries, SeriesKey, TimeseriesPoint } from "../domain/Series.ts"
import { changeOf, changeUnitOf } from "./changeOf.ts"
import type { Table, TableColumn } from "./Table.ts"
import { figuresOf, targetName } from "./targetOf.ts"

const column = (kind: TableColumn["kind"], key: string, label: string): TableColumn => ({ kind, key, label })

export const valueAt = (point: TimeseriesPoint | undefined, key: string): number | null => {
  const value = point?.[key]
  return typeof value === "number" ? value : null
}

type Timeseries = Extract<MetricSeries, { readonly shape: "timeseries" }>

const before = ({ key, label }: SeriesKey): TableColumn => column("previous", key, `${label}, previous`)

/** The target has a row for each bucket of the window, also after the last point. */
const timeseriesTable = ({ meta, points, previousPoints, series }: Timeseries): Table => {
  const due = figuresOf(meta)?.points
  return {
    columns: [
      column("bucket", "bucket", "Date"),
      ...series.map(({ key, label }) => column("value", key, label)),
      ...(previousPoints === undefined ? [] : series.map(before)),
      ...(due === undefined ? [] : [column("target", "target", targetName(meta))]),
      column("partial", "partial", "Partial")
    ],
    rows: Array.from({ length: Math.max(points.length, previousPoints?.length ?? 0, due?.length ?? 0) }, (_, index) => [
      points[index]?.bucket ?? due?.[index]?.bucket ?? null,
      ...series.map(({ key }) => valueAt(points[index], key)),
      ...(previousPoints === undefined ? [] : series.map(({ key }) => valueAt(previousPoints[index], key))),
      ...(due === undefined ? [] : [due[index]?.value ?? null]),
      points[index]?.partial === true
    ])
  }
}

const targetColumns: ReadonlyArray<TableColumn> = [
  column("target", "target", "Target"),
  column("attained", "attained", "Attained")
]

const statTargetColumns: ReadonlyArray<TableColumn> = [
  ...targetColumns,
  column("target", "expected", "Due by now"),
  column("target", "projected", "Projected"),
  column("target", "remaining", "Remaining")
]

const shareColumns: ReadonlyArray<TableColumn> = [
  column("share", "ofFirst", "Of first step"),
  column("share", "ofPrevious", "Of step before")
]

type Leaderboard = Extract<MetricSeries, { readonly shape: "leaderboard" }>

const hasTargets = ({ points }: Leaderboard): boolean => points.some(({ target }) => target !== undefined)

export const tableOf = (series: MetricSeries): Table => {
  switch (series.shape) {
    case "timeseries":
      return timeseriesTable(series)
    case "category": {
      const isFunnel = series.points.some(({ ofFirst }) => ofFirst !== undefined)
      return {
        columns: [
          column("key", "category", "Key"),
          column("label", "label", "Label"),
          column("value", "value", "Value"),
          ...(isFunnel ? shareColumns : [])
        ],
        rows: series.points.map(({ category, label, ofFirst = null, ofPrevious = null, value }) => [
          category,
          label,
          value,
          ...(isFunnel ? [ofFirst, ofPrevious] : [])
        ])
      }
    }
    case "leaderboard":
      return {
        columns: [
          column("rank", "rank", "Rank"),
          column("key", "category", "Id"),
          column("label", "label", "Person"),
          column("value", "value", "Value"),
          ...(hasTargets(series) ? targetColumns : [])
        ],
        rows: series.points.map(({ attainedPct = null, category, label, rank, target = null, value }) => [
          rank,
          category,
          label,
          value,
          ...(hasTargets(series) ? [target, attainedPct] : [])
        ])
      }
    case "stat": {
      const figures = figuresOf(series.meta)
      return {
        columns: [
          column("value", "value", "Value"),
          column("previous", "previous", "Previous"),
          column("change", "change", `Change in ${changeUnitOf(series.meta.unit)}`),
          ...(figures === undefined ? [] : statTargetColumns)
        ],
        rows: series.stat === null ? [] : [[
          series.stat.value,
          series.stat.previous,
          changeOf(series.stat, series.meta.unit),
          ...(figures === undefined
            ? []
            : [figures.value, figures.attainedPct, figures.expectedByNow, figures.projected, figures.remaining])
        ]]
      }
    }
  }
}
