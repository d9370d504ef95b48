import { localizationOf } from "../../src/languages/messagesOf.ts"
import type { CatalogEntry, MetricSeries, Widget } from "../../src/page/api/wire.ts"
import { sortedBy } from "../../src/page/shell/sorting.ts"
import { cellText } from "../../src/presentation/cellText.ts"
import { inLanguage } from "../../src/presentation/inLanguage.ts"
import { inTables } from "../../src/presentation/inTables.ts"
import { peopleTable, type TableColumnSource } from "../../src/presentation/peopleTable.ts"
import { stateOf } from "../../src/presentation/stateOf.ts"
import type { Table } from "../../src/presentation/Table.ts"
import { tableOf } from "../../src/presentation/tableOf.ts"
import { columnLabel, titleOf } from "../../src/presentation/titleOf.ts"

/** A row of a table on the page, in the texts of the page. */
export interface ScreenRow {
  /** Such as the date, or the rank and the name of a person. */
  readonly names: ReadonlyArray<string>
  readonly numbers: ReadonlyArray<string>
  readonly isPartial: boolean
}

export interface ScreenCard {
  readonly title: string
  /** In the language of the page. A table of people has a series for each column. */
  readonly columns: ReadonlyArray<TableColumnSource>
  readonly isOfPeople: boolean
  /** Empty if the card shows a text instead of numbers. */
  readonly rows: ReadonlyArray<ScreenRow>
}

type Kind = Table["columns"][number]["kind"]

const names: ReadonlySet<Kind> = new Set(["bucket", "label", "rank"])
const hidden: ReadonlySet<Kind> = new Set(["key", "partial"])

const seriesRows = (series: MetricSeries, locale: string): ReadonlyArray<ScreenRow> => {
  const localization = localizationOf(locale)
  if (stateOf(series, localization).kind !== "filled") return []
  const { columns, rows } = tableOf(series, localization)
  const write = cellText(series, localization)
  const partial = columns.findIndex(({ kind }) => kind === "partial")
  return rows.map((row, at) => {
    const textsOf = (isWanted: (kind: Kind) => boolean) =>
      columns.flatMap((column, index) => isWanted(column.kind) ? [write(row[index] ?? null, column, at)] : [])
    return {
      names: textsOf((kind) => names.has(kind)),
      numbers: textsOf((kind) => !names.has(kind) && !hidden.has(kind)),
      isPartial: row[partial] === true
    }
  })
}

/** The page first sorts people by the first column. */
const peopleRows = (sources: ReadonlyArray<TableColumnSource>, locale: string): ReadonlyArray<ScreenRow> => {
  const localization = localizationOf(locale)
  const table = peopleTable(sources, localization)
  const people = sortedBy(table.rows, { key: "0", isDown: true }, ({ cells }) => cells[0]?.value ?? null, locale)
  const rowOf = (name: string, numbers: ReadonlyArray<string>): ScreenRow => ({
    names: [name],
    numbers,
    isPartial: false
  })
  return [
    ...people.map(({ cells, name }) =>
      rowOf(
        name,
        table.columns.map(({ format }, column) =>
          `${format(cells[column]?.value ?? null)}${cells[column]?.change?.text ?? ""}`
        )
      )
    ),
    ...(table.columns.some(({ total }) => total !== null)
      ? [rowOf(localization.t.total(), table.columns.map(({ format, total }) => format(total)))]
      : [])
  ]
}

interface Answered {
  readonly catalog: ReadonlyArray<CatalogEntry>
  readonly locale: string
  readonly results: ReadonlyArray<MetricSeries>
  readonly widgets: ReadonlyArray<Widget>
}

/** The cards that the page shows of a run, each as the table that its menu offers. */
export const screenCards = ({ catalog, locale, results, widgets }: Answered): ReadonlyArray<ScreenCard> => {
  const localization = localizationOf(locale)
  const entries = new Map(catalog.map((entry) => [entry.id, entry]))
  const found = new Map(results.map((series) => [series.instanceId, series]))
  const sourceOf = (widget: Widget, label: string): ReadonlyArray<TableColumnSource> => {
    const series = found.get(widget.instanceId)
    if (series === undefined || series.meta.gated !== undefined) return []
    return [{ label, series: inLanguage(series, entries.get(widget.metricId), widget.groupBy, localization) }]
  }
  return inTables(widgets, entries).map(({ columns, widget }) => {
    const entryOf = ({ metricId }: Widget) => entries.get(metricId)
    if (columns.length === 0) {
      const title = titleOf(widget, entryOf(widget), localization)
      const sources = sourceOf(widget, title)
      return {
        title,
        columns: sources,
        isOfPeople: false,
        rows: sources.flatMap(({ series }) => seriesRows(series, locale))
      }
    }
    const sources = columns.flatMap((column) => sourceOf(column, columnLabel(column, entryOf(column), localization)))
    return { title: widget.table ?? "", columns: sources, isOfPeople: true, rows: peopleRows(sources, locale) }
  })
}
