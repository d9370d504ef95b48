import type { LeaderboardPoint, Meta, MetricSeries } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { type ToldChange, toldChange } from "./changeMark.ts"
import { statOf } from "./changeOf.ts"
import { notesOf } from "./notesOf.ts"
import { columnFormat } from "./numberFormat.ts"
import { stateOf } from "./stateOf.ts"
import { windowLabel } from "./windowLabel.ts"

export interface TableColumnSource {
  readonly label: string
  readonly series: MetricSeries
  readonly moreIsBetter?: boolean | null | undefined
}

interface PersonCell {
  readonly value: number | null
  /** The index of the point in the series of the column. -1 if the series has no such person. */
  readonly index: number
  /** Both are present if the view compares with the previous window. */
  readonly previous?: number | null
  readonly change?: ToldChange | undefined
}

interface PersonRow {
  readonly key: string
  readonly name: string
  /** Has a cell for each column. */
  readonly cells: ReadonlyArray<PersonCell>
}

interface PeopleColumn {
  readonly label: string
  readonly meta: Meta
  readonly format: (value: number | null) => string
  /** The length of a bar of this value is 1. */
  readonly largest: number
  /** Null if the values do not add up, or if people are left out. */
  readonly total: number | null
  /** Says why the column has no total. */
  readonly totalNote: string | undefined
  /** Says why the column has no numbers. */
  readonly note: string | undefined
  readonly isCompared: boolean
}

export interface PeopleTable {
  readonly columns: ReadonlyArray<PeopleColumn>
  readonly rows: ReadonlyArray<PersonRow>
}

const pointsOf = (series: MetricSeries) => series.shape === "leaderboard" ? series.points : []

const totalNoteOf = ({ additive, unit }: Meta, { t }: Localization): string => {
  if (additive) return t.totalNotWhole()
  return unit === "percent" ? t.totalOfPercent() : t.totalNotAdditive()
}

const columnOf = ({ label, series }: TableColumnSource, localization: Localization): PeopleColumn => {
  const { meta } = series
  const values = pointsOf(series).map(({ value }) => value)
  const state = stateOf(series, localization)
  const isWhole = meta.additive && meta.truncated === undefined && values.length > 0
  const total = isWhole ? Math.round(values.reduce<number>((sum, value) => sum + (value ?? 0), 0) * 100) / 100 : null
  return {
    label,
    meta,
    format: columnFormat(meta, [...values, total], localization),
    largest: Math.max(0, ...values.map((value) => Math.abs(value ?? 0))),
    total,
    totalNote: values.length > 0 && !isWhole ? totalNoteOf(meta, localization) : undefined,
    note: state.kind === "filled" ? undefined : `${state.title}: ${state.text}`,
    isCompared: pointsOf(series).some(({ previous }) => previous !== undefined)
  }
}

const changeOf = (
  { moreIsBetter = null, series }: TableColumnSource,
  point: LeaderboardPoint | undefined,
  localization: Localization
): Pick<PersonCell, "previous" | "change"> => {
  const stat = statOf(point)
  return stat === undefined
    ? {}
    : { previous: stat.previous, change: toldChange(stat, series.meta, moreIsBetter, localization) }
}

/** The notes say how each column is counted. They name the timeframe if the columns have different ones. */
export const columnNotes = (
  all: ReadonlyArray<MetricSeries>,
  localization: Localization
): ReadonlyArray<ReadonlyArray<string>> => {
  const windows = all.map(({ meta }) => windowLabel(meta.window, localization))
  const isMixed = new Set(windows).size > 1
  return all.map((series, column) => {
    if (stateOf(series, localization).kind !== "filled") return []
    return [...(isMixed ? windows.slice(column, column + 1) : []), ...notesOf(series, localization)]
  })
}

/** The people of all columns, in the order of the first column that has them. */
export const peopleTable = (sources: ReadonlyArray<TableColumnSource>, localization: Localization): PeopleTable => {
  const names = new Map(
    sources.flatMap(({ series }) => pointsOf(series)).toReversed().map(({ category, label }) => [category, label])
  )
  const keys = new Set(sources.flatMap(({ series }) => pointsOf(series)).map(({ category }) => category))
  const indexes = sources.map(({ series }) => new Map(pointsOf(series).map(({ category }, at) => [category, at])))
  return {
    columns: sources.map((source) => columnOf(source, localization)),
    rows: [...keys].map((key) => ({
      key,
      name: names.get(key) ?? key,
      cells: sources.map((source, column) => {
        const index = indexes[column]?.get(key) ?? -1
        const point = pointsOf(source.series)[index]
        return { value: point?.value ?? null, index, ...changeOf(source, point, localization) }
      })
    }))
  }
}
