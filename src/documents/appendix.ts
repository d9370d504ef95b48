import type { MetricSeries } from "../domain/Series.ts"
import { localizationOf, messagesOf } from "../languages/messagesOf.ts"
import { cellText } from "../presentation/cellText.ts"
import { stateOf } from "../presentation/stateOf.ts"
import type { TableColumn } from "../presentation/Table.ts"
import { tableOf } from "../presentation/tableOf.ts"
import { windowLabel } from "../presentation/windowLabel.ts"
import { captionOf } from "./captions.ts"
import type { Document, DocumentCard } from "./Document.ts"
import { measureText } from "./fonts.ts"
import { peopleTableOf } from "./peopleSvg.ts"

/** These sizes are in points. The measured widths are without kerning, so each column has some more room. */
export const appendixStyle = { fontSize: 7.5, inset: 4 }
const spareRoom = 3
const widestWord = 90
const widestText = 240
const widestHead = 80
const narrowest = 44

export interface AppendixColumn {
  readonly label: string
  readonly isNumber: boolean
  /** Each part of a wide table repeats these columns. */
  readonly isRepeated: boolean
  readonly width: number
  readonly cells: ReadonlyArray<string>
}

const widthOf = (text: string) => measureText(text, appendixStyle.fontSize, "semiBold")

/** Zero-width spaces let a long word break, so that it stays in its column. */
const breakableWord = (word: string): string => {
  if (widthOf(word) <= widestWord) return word
  const pieces = [""]
  for (const character of word) {
    const piece = `${pieces.at(-1) ?? ""}${character}`
    if (widthOf(piece) > widestWord) pieces.push(character)
    else pieces[pieces.length - 1] = piece
  }
  return pieces.join("\u200b")
}

const breakable = (text: string) => text.split(" ").map(breakableWord).join(" ")

const isNumber = ({ kind }: TableColumn) =>
  kind === "value" || kind === "previous" || kind === "change" || kind === "rank" || kind === "target" ||
  kind === "attained" || kind === "share"

const isShown = ({ kind }: TableColumn) => kind !== "key" && kind !== "partial"

const widest = (texts: ReadonlyArray<string>) => texts.reduce((most, text) => Math.max(most, widthOf(text)), 0)

const columnWidth = (label: string, cells: ReadonlyArray<string>, isText: boolean) => {
  const words = widest([label, ...(isText ? cells : [])].flatMap((text) => text.split(/[ \u200b]/)))
  const head = Math.min(widestHead, widthOf(label))
  const body = isText ? Math.min(widestText, widest(cells)) : widest(cells)
  return Math.ceil(Math.max(narrowest, words, head, body)) + 2 * appendixStyle.inset + spareRoom
}

/** A column of names, or of numbers that are texts already. */
export const textColumn = (head: string, texts: ReadonlyArray<string>, isNumber: boolean): AppendixColumn => {
  const [label, cells] = [breakable(head), isNumber ? texts : texts.map(breakable)]
  return { label, cells, isNumber, isRepeated: !isNumber, width: columnWidth(label, cells, !isNumber) }
}

const peopleColumns = (
  cards: ReadonlyArray<DocumentCard>,
  locale: string,
  most: number
): ReadonlyArray<AppendixColumn> => {
  const localization = localizationOf(locale)
  const { columns, rows: people } = peopleTableOf(cards, localization)
  const rows = people.slice(0, most)
  const hasTotal = columns.some(({ total }) => total !== null)
  return [
    textColumn(
      localization.t.columnPerson(),
      [...rows.map(({ name }) => name), ...(hasTotal ? [localization.t.total()] : [])],
      false
    ),
    ...columns.map(({ format, label, total }, index) =>
      textColumn(
        label,
        [
          ...rows.map(({ cells }) => {
            const { change, value = null } = cells[index] ?? {}
            return change === undefined ? format(value) : `${format(value)}  ${change.text}`
          }),
          ...(hasTotal ? [format(total)] : [])
        ],
        true
      )
    )
  ]
}

const columnsOf = (
  { columns: cards, series }: DocumentCard,
  locale: string,
  most: number
): ReadonlyArray<AppendixColumn> => {
  if (cards !== undefined) return peopleColumns(cards, locale, most)
  const { columns, rows } = tableOf(series, localizationOf(locale))
  const textOf = cellText(series, localizationOf(locale))
  const partial = columns.findIndex(({ kind }) => kind === "partial")
  return columns.flatMap((column, index): ReadonlyArray<AppendixColumn> => {
    if (!isShown(column)) return []
    const label = breakable(column.label)
    const cells = rows.map((row, at) => {
      const text = textOf(row[index] ?? null, column, at)
      if (column.kind === "bucket") {
        return row[partial] === true
          ? messagesOf(locale).documents.partialBucket({ bucket: text })
          : text
      }
      return column.kind === "label" ? breakable(text) : text
    })
    return [{
      label,
      isNumber: isNumber(column),
      isRepeated: !isNumber(column) || column.kind === "rank",
      width: columnWidth(label, cells, column.kind === "label"),
      cells
    }]
  })
}

const sum = (columns: ReadonlyArray<AppendixColumn>) => columns.reduce((total, { width }) => total + width, 0)

/** A table that is wider than the page is split into parts with fewer columns. */
const partsOf = (
  columns: ReadonlyArray<AppendixColumn>,
  room: number
): ReadonlyArray<ReadonlyArray<AppendixColumn>> => {
  const repeated = columns.filter(({ isRepeated }) => isRepeated)
  const parts: Array<Array<AppendixColumn>> = []
  for (const column of columns.filter(({ isRepeated }) => !isRepeated)) {
    const part = parts.at(-1)
    if (part === undefined || sum(part) + column.width > room) parts.push([...repeated, column])
    else part.push(column)
  }
  return parts
}

export const tableParts = (columns: ReadonlyArray<AppendixColumn>, room: number, locale: string) => {
  const parts = (columns[0]?.cells ?? []).length === 0 ? [] : partsOf(columns, room)
  const partName = (index: number) =>
    messagesOf(locale).documents.part({ part: String(index + 1), parts: String(parts.length) })
  return parts.map((part, index) => ({
    name: parts.length === 1 ? "" : partName(index),
    columns: part.map(({ isNumber, label, width }) => ({ label, isNumber, width })),
    rows: columns[0]?.cells.map((_, row) => part.map(({ cells }) => cells[row] ?? ""))
  }))
}

/** The table has the rows of `shown`, which may be a part of the series. A table of people has at most `most` people. */
export const appendixTable = (
  card: DocumentCard,
  shown: MetricSeries,
  document: Document,
  room: number,
  most: number
) => {
  const { locale } = document
  const localization = localizationOf(locale)
  const state = stateOf(card.series, localization)
  const window = windowLabel(card.series.meta.window, localization)
  const isTable = card.columns !== undefined
  const texts = [
    isTable ? "" : card.description,
    window,
    captionOf(card, document, window),
    isTable || state.kind === "filled" ? "" : `${state.title}: ${state.text}`
  ]
  return {
    title: card.title,
    text: texts.filter((text) => text !== "").join("  ·  "),
    parts: tableParts(columnsOf({ ...card, series: shown }, locale, most), room, locale)
  }
}
