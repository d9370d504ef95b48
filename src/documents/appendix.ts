import { bucketLabel } from "../presentation/bucketLabel.ts"
import { numberFormat } from "../presentation/numberFormat.ts"
import { stateOf } from "../presentation/stateOf.ts"
import type { TableCell, TableColumn } from "../presentation/Table.ts"
import { tableOf } from "../presentation/tableOf.ts"
import { windowLabel } from "../presentation/windowLabel.ts"
import { captionOf } from "./captions.ts"
import type { Document, DocumentCard } from "./Document.ts"

const longestWord = 24

/** Zero-width spaces let a long word break, so that it stays in its column. */
const breakable = (text: string) =>
  text.replaceAll(/\S{25,}/g, (word) => word.replaceAll(new RegExp(`.{${longestWord}}`, "gu"), "$&\u200b"))

const isNumber = ({ kind }: TableColumn) =>
  kind === "value" || kind === "previous" || kind === "change" || kind === "rank"

const isShown = ({ kind }: TableColumn) => kind !== "key" && kind !== "partial"

const cellText = (
  cell: TableCell,
  column: TableColumn,
  isPartial: boolean,
  { series }: DocumentCard,
  locale: string
) => {
  if (cell === null) return "–"
  if (typeof cell === "number") {
    if (column.kind === "rank") return String(cell)
    return column.kind === "change"
      ? numberFormat({ unit: "percent" }, locale).exact(cell)
      : numberFormat(series.meta, locale).exact(cell)
  }
  if (column.kind !== "bucket") return breakable(String(cell))
  return `${bucketLabel(series.meta.window?.bucket ?? "day", locale, true)(String(cell))}${
    isPartial ? " (partial)" : ""
  }`
}

export const appendixTable = (card: DocumentCard, document: Document) => {
  const { columns, rows } = tableOf(card.series)
  const { locale } = document
  const state = stateOf(card.series)
  const partial = columns.findIndex(({ kind }) => kind === "partial")
  const texts = [
    card.description,
    windowLabel(card.series.meta.window, locale),
    captionOf(card, document, windowLabel(card.series.meta.window, locale)),
    state.kind === "filled" ? "" : `${state.title}: ${state.text}`
  ]
  return {
    title: card.title,
    text: texts.filter((text) => text !== "").join("  ·  "),
    columns: columns.filter(isShown).map((column) => ({ label: breakable(column.label), isNumber: isNumber(column) })),
    rows: rows.map((row) =>
      columns.flatMap((column, index) =>
        isShown(column) ? [cellText(row[index] ?? null, column, row[partial] === true, card, locale)] : []
      )
    )
  }
}
