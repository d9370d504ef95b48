import type { MetricSeries, SeriesKey, TimeseriesPoint } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { changeOf, changeUnitOf } from "./changeOf.ts"
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

/** The target has a row for each bucket of the window, also after the last point. */
const timeseriesTable = ({ meta, points, previousPoints, series }: Timeseries, localization: Localization): Table => {
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
    rows: Array.from({ length: Math.max(points.length, previousPoints?.length ?? 0, due?.length ?? 0) }, (_, index) => [
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

type Leaderboard = Extract<MetricSeries, { readonly shape: "leaderboard" }>

const hasTargets = ({ points }: Leaderboard): boolean => points.some(({ target }) => target !== undefined)

export const tableOf = (series: MetricSeries, localization: Localization): Table => {
  const { t } = localization
  switch (series.shape) {
    case "timeseries":
      return timeseriesTable(series, localization)
    case "category": {
      const isFunnel = series.points.some(({ ofFirst }) => ofFirst !== undefined)
      return {
        columns: [
          column("key", "category", t.columnKey()),
          column("label", "label", t.columnLabel()),
          column("value", "value", t.columnValue()),
          ...(isFunnel ? shareColumns(t) : [])
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
          column("rank", "rank", t.columnRank()),
          column("key", "category", t.columnId()),
          column("label", "label", t.columnPerson()),
          column("value", "value", t.columnValue()),
          ...(hasTargets(series) ? targetColumns(t) : [])
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
          column("value", "value", t.columnValue()),
          column("previous", "previous", t.columnPrevious()),
          column(
            "change",
            "change",
            changeUnitOf(series.meta.unit) === "points" ? t.columnChangePoints() : t.columnChangePercent()
          ),
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
