import { stringify } from "csv-stringify/sync"
import type { MetricSeries } from "../domain/Series.ts"
import { changeUnitOf } from "../presentation/changeOf.ts"
import { stateOf } from "../presentation/stateOf.ts"
import type { TableCell } from "../presentation/Table.ts"
import { tableOf } from "../presentation/tableOf.ts"
import type { Document, DocumentCard } from "./Document.ts"
import { guarded } from "./guarded.ts"

const header = [
  "widget",
  "title",
  "metric",
  "series",
  "label",
  "bucket_or_category",
  "value",
  "previous",
  "unit",
  "currency",
  "partial",
  "note",
  "change",
  "change_unit",
  "target",
  "attained_pct",
  "of_first_pct",
  "of_previous_pct"
]

interface Line {
  readonly series: TableCell
  readonly label: TableCell
  readonly at: TableCell
  readonly value: TableCell
  readonly previous: TableCell
  readonly partial: boolean
  readonly change: TableCell
  readonly target: TableCell
  readonly attained: TableCell
  readonly ofFirst: TableCell
  readonly ofPrevious: TableCell
}

const linesOf = (series: MetricSeries): ReadonlyArray<Line> => {
  const { columns, rows } = tableOf(series)
  const find = (kind: string, key?: string) =>
    columns.findIndex((column) => column.kind === kind && (key === undefined || column.key === key))
  const [label, key, bucket, partial, change, target, attained, ofFirst, ofPrevious] = [
    find("label"),
    find("key"),
    find("bucket"),
    find("partial"),
    find("change"),
    find("target", "target"),
    find("attained"),
    find("share", "ofFirst"),
    find("share", "ofPrevious")
  ]
  return rows.flatMap((row) =>
    columns.flatMap((column, index): ReadonlyArray<Line> => {
      if (column.kind !== "value") return []
      const before = find("previous", series.shape === "stat" ? undefined : column.key)
      return [{
        series: column.key,
        label: row[label] ?? column.label,
        at: row[bucket] ?? row[key] ?? null,
        value: row[index] ?? null,
        previous: row[before] ?? null,
        partial: row[partial] === true,
        change: row[change] ?? null,
        target: row[target] ?? null,
        attained: row[attained] ?? null,
        ofFirst: row[ofFirst] ?? null,
        ofPrevious: row[ofPrevious] ?? null
      }]
    })
  )
}

const nothing: Line = {
  series: null,
  label: null,
  at: null,
  value: null,
  previous: null,
  partial: false,
  change: null,
  target: null,
  attained: null,
  ofFirst: null,
  ofPrevious: null
}

const rowsOf = ({ metricId, series, title }: DocumentCard): ReadonlyArray<ReadonlyArray<TableCell>> => {
  const { currency = null, unit } = series.meta
  const state = stateOf(series)
  const lines = linesOf(series)
  const note = state.kind === "filled" ? null : `${state.title}: ${state.text}`
  return (lines.length === 0 ? [nothing] : lines).map((line) => [
    series.instanceId,
    title,
    metricId,
    line.series,
    line.label,
    line.at,
    line.value,
    line.previous,
    unit,
    currency,
    line.partial ? "true" : null,
    note,
    line.change,
    line.change === null ? null : changeUnitOf(unit),
    line.target,
    line.attained,
    line.ofFirst,
    line.ofPrevious
  ])
}

const guardedRow = (row: ReadonlyArray<TableCell>) => row.map((cell) => typeof cell === "string" ? guarded(cell) : cell)

export const csv = ({ cards }: Document): string =>
  stringify([header, ...cards.flatMap((card) => rowsOf(card).map(guardedRow))], {
    bom: true,
    escape_formulas: true,
    record_delimiter: "windows"
  })
