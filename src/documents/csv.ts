import type { MetricSeries } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { localizationOf } from "../languages/messagesOf.ts"
import { changeUnitOf } from "../presentation/changeOf.ts"
import { stateOf } from "../presentation/stateOf.ts"
import type { TableCell } from "../presentation/Table.ts"
import { tableOf } from "../presentation/tableOf.ts"
import { csvText } from "./csvText.ts"
import type { Document, DocumentCard } from "./Document.ts"

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
] as const

type Line = { readonly [Name in typeof header[number]]?: TableCell | undefined }

const linesOf = (series: MetricSeries, localization: Localization): ReadonlyArray<Line> => {
  const { columns, rows } = tableOf(series, localization)
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
      return [{
        series: column.key,
        label: row[label] ?? column.label,
        bucket_or_category: row[bucket] ?? row[key],
        value: row[index],
        previous: row[find("previous", series.shape === "timeseries" ? column.key : undefined)],
        partial: row[partial] === true ? "true" : null,
        change: row[change],
        change_unit: (row[change] ?? null) === null ? null : changeUnitOf(series.meta.unit),
        target: row[target],
        attained_pct: row[attained],
        of_first_pct: row[ofFirst],
        of_previous_pct: row[ofPrevious]
      }]
    })
  )
}

const rowsOf = (
  { metricId, series, title }: DocumentCard,
  localization: Localization
): ReadonlyArray<ReadonlyArray<TableCell>> => {
  const { currency, unit } = series.meta
  const state = stateOf(series, localization)
  const lines = linesOf(series, localization)
  const note = state.kind === "filled" ? null : `${state.title}: ${state.text}`
  const ofCard: Line = { widget: series.instanceId, title, metric: metricId, unit, currency, note }
  return (lines.length === 0 ? [ofCard] : lines).map((line) => header.map((name) => line[name] ?? ofCard[name] ?? null))
}

export const csv = ({ cards, locale }: Document): string =>
  csvText([
    header,
    ...cards.flatMap(({ columns, ...card }) =>
      (columns ?? [card]).flatMap((one) => rowsOf(one, localizationOf(locale)))
    )
  ])
