import type { Meta, MetricSeries, SeriesKey, TimeseriesPoint } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { changeOf, changeUnitOf, statOf } from "./changeOf.ts"
import type { Table, TableColumn } from "./Table.ts"
import { figuresOf, targetName } from "./targetOf.ts"

const column = (kind: TableColumn["kind"], key: string, label: string): TableColumn => ({ kind, key, label })

export const valueAt = (point: TimeseriesPoint | undefined, key: string): number | null => {
  const value = point?.[key]
  return typeof value === "number" ? value : null
}

type Timeseries = Extract<MetricSeries, { readonly shape: "timeseries" }>

type Messages = Localization["t"]

const before = (t: Messages) => ({ key, label }: SeriesKey): TableColumn =>
  column("previous", key, t.columnPreviousOf({ label }))

/** The target has a row for each bucket of the window, also after the last point, and the window before may be longer. */
export const rowCount = ({ meta, points, previousPoints }: Timeseries): number =>
  Math.max(points.length, previousPoints?.length ?? 0, figuresOf(meta)?.points?.length ?? 0)

const timeseriesTable = (found: Timeseries, localization: Localization): Table => {
  const { meta, points, previousPoints, series } = found
  const { t } = localization
  const due = figuresOf(meta)?.points
  return {
    columns: [
      column("bucket", "bucket", t.columnDate()),
      ...series.map(({ key, label }) => column("value", key, label)),
      ...(previousPoints === undefined ? [] : series.map(before(t))),
      ...(due === undefined ? [] : [column("target", "target", targetName(meta, localization))]),
      column("partial", "partial", t.columnPartial())
    ],
    rows: Array.from({ length: rowCount(found) }, (_, index) => [
      points[index]?.bucket ?? due?.[index]?.bucket ?? null,
      ...series.map(({ key }) => valueAt(points[index], key)),
      ...(previousPoints === undefined ? [] : series.map(({ key }) => valueAt(previousPoints[index], key))),
      ...(due === undefined ? [] : [due[index]?.value ?? null]),
      points[index]?.partial === true
    ])
  }
}

const targetColumns = (t: Messages): ReadonlyArray<TableColumn> => [
  column("target", "target", t.columnTarget()),
  column("attained", "attained", t.columnAttained())
]

const statTargetColumns = (t: Messages): ReadonlyArray<TableColumn> => [
  ...targetColumns(t),
  column("target", "expected", t.columnExpected()),
  column("target", "projected", t.columnProjected()),
  column("target", "remaining", t.columnRemaining())
]

const shareColumns = (t: Messages): ReadonlyArray<TableColumn> => [
  column("share", "ofFirst", t.columnOfFirst()),
  column("share", "ofPrevious", t.columnOfPrevious())
]

const changeColumns = ({ unit }: Meta, t: Messages): ReadonlyArray<TableColumn> => [
  column("previous", "previous", t.columnPrevious()),
  column(
    "change",
    "change",
    changeUnitOf(unit) === "points" ? t.columnChangePoints() : t.columnChangePercent()
  )
]

/** The columns of a comparison with the window before, and their cells in each row. */
const comparedColumns = ({ meta, points }: Exclude<MetricSeries, Timeseries>, t: Messages) => {
  const stats = points.map(statOf)
  const columns = stats.some((stat) => stat !== undefined) ? changeColumns(meta, t) : []
  return {
    columns,
    cellsOf: (row: number): ReadonlyArray<number | null> => {
      const stat = stats[row]
      return stat === undefined ? columns.map(() => null) : [stat.previous, changeOf(stat, meta.unit)]
    }
  }
}

type Leaderboard = Extract<MetricSeries, { readonly shape: "leaderboard" }>

const hasTargets = ({ points }: Leaderboard): boolean => points.some(({ target }) => target !== undefined)

export const tableOf = (series: MetricSeries, localization: Localization): Table => {
  const { t } = localization
  switch (series.shape) {
    case "timeseries":
      return timeseriesTable(series, localization)
    case "category": {
      const isFunnel = series.points.some(({ ofFirst }) => ofFirst !== undefined)
      const compared = comparedColumns(series, t)
      return {
        columns: [
          column("key", "category", t.columnKey()),
          column("label", "label", t.columnLabel()),
          column("value", "value", t.columnValue()),
          ...compared.columns,
          ...(isFunnel ? shareColumns(t) : [])
        ],
        rows: series.points.map(({ category, label, ofFirst = null, ofPrevious = null, value }, row) => [
          category,
          label,
          value,
          ...compared.cellsOf(row),
          ...(isFunnel ? [ofFirst, ofPrevious] : [])
        ])
      }
    }
    case "leaderboard": {
      const compared = comparedColumns(series, t)
      return {
        columns: [
          column("rank", "rank", t.columnRank()),
          column("key", "category", t.columnId()),
          column("label", "label", t.columnPerson()),
          column("value", "value", t.columnValue()),
          ...compared.columns,
          ...(hasTargets(series) ? targetColumns(t) : [])
        ],
        rows: series.points.map(({ attainedPct = null, category, label, rank, target = null, value }, row) => [
          rank,
          category,
          label,
          value,
          ...compared.cellsOf(row),
          ...(hasTargets(series) ? [target, attainedPct] : [])
        ])
      }
    }
    case "stat": {
      const figures = figuresOf(series.meta)
      return {
        columns: [
          column("value", "value", t.columnValue()),
          ...changeColumns(series.meta, t),
          ...(figures === undefined ? [] : statTargetColumns(t))
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
