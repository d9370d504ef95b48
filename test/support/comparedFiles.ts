import { assert } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { localizationOf, messagesOf } from "../../src/languages/messagesOf.ts"
import type { MetricSeries } from "../../src/page/api/wire.ts"
import { peopleTable } from "../../src/presentation/peopleTable.ts"
import type { Table, TableCell } from "../../src/presentation/Table.ts"
import { tableOf } from "../../src/presentation/tableOf.ts"
import { textOfPdf } from "../page/support/textOfPdf.ts"
import type { ScreenCard, ScreenRow } from "./screenCards.ts"
import { rowsOfSheet } from "./sheets.ts"

/** The cards as a person sees them in a locale. */
interface Screen {
  readonly locale: string
  readonly cards: ReadonlyArray<ScreenCard>
}

/** The columns of a CSV file with numbers, and the columns of the screen with the same numbers. */
const ofCsv: ReadonlyArray<readonly [name: string, kind: Table["columns"][number]["kind"], key?: string]> = [
  ["value", "value"],
  ["previous", "previous"],
  ["change", "change"],
  ["target", "target", "target"],
  ["attained_pct", "attained"],
  ["of_first_pct", "share", "ofFirst"],
  ["of_previous_pct", "share", "ofPrevious"]
]

export const compareCsv = ({ cards, locale }: Screen, file: Uint8Array): void => {
  const lines: ReadonlyArray<Readonly<Record<string, string>>> = parse(Buffer.from(file), { bom: true, columns: true })
  const all = cards.flatMap(({ columns }) => columns.map(({ series }) => series))
  assert.deepStrictEqual(
    [...new Set(lines.map(({ widget }) => widget))],
    all.map(({ instanceId }) => instanceId)
  )
  for (const series of all) {
    const { columns, rows } = tableOf(series, localizationOf(locale))
    const ofWidget = lines.filter(({ widget }) => widget === series.instanceId)
    for (const [name, kind, key] of ofCsv) {
      const inFile = ofWidget.map((line) => line[name] === "" ? null : Number(line[name]))
      const isAsked = columns.map((column) => column.kind === kind && (key === undefined || column.key === key))
      const onScreen = rows.flatMap((row) => row.filter((_, index) => isAsked[index]))
      // The line of a card without numbers is empty, and so is a cell of a column that the screen does not have.
      const isEmpty = onScreen.length === 0 && inFile.every((value) => value === null)
      assert.deepStrictEqual(isEmpty ? [] : inFile, onScreen, `CSV: ${name} of ${series.instanceId}`)
    }
    const label = columns.findIndex(({ kind }) => kind === "label")
    const labels = rows.flatMap((row): ReadonlyArray<TableCell> =>
      columns.flatMap((column) => column.kind === "value" ? [row[label] ?? column.label] : [])
    )
    const inFile = ofWidget.map((line): TableCell => line["label"] ?? null)
    assert.deepStrictEqual(labels.length === 0 ? [] : inFile, labels, `CSV: labels of ${series.instanceId}`)
  }
}

type Sheet = ReturnType<typeof rowsOfSheet>

const sheetRow = (cells: ReadonlyArray<TableCell>): Sheet[number] =>
  Object.fromEntries(
    cells.flatMap((cell, index) =>
      cell === null ? [] : [[String.fromCodePoint(65 + index), typeof cell === "boolean" ? Number(cell) : cell]]
    )
  )

/** In Excel, UNIX time begins on day 25,569. */
const excelDay = (bucket: string) => Date.parse(`${bucket}T00:00Z`) / 86_400_000 + 25_569

const seriesSheet = (series: MetricSeries, locale: string): Sheet => {
  const { columns, rows } = tableOf(series, localizationOf(locale))
  return rows.map((row) =>
    sheetRow(
      row.map((cell, index) => columns[index]?.kind === "bucket" && typeof cell === "string" ? excelDay(cell) : cell)
    )
  )
}

const peopleSheet = ({ columns: sources }: ScreenCard, locale: string): Sheet => {
  const localization = localizationOf(locale)
  const { columns, rows } = peopleTable(sources, localization)
  const totals = columns.flatMap(({ isCompared, total }) => isCompared ? [total, null] : [total])
  return [
    ...rows.map(({ cells, key, name }) => {
      const numbers = cells.flatMap(({ previous = null, value }, at) =>
        columns[at]?.isCompared === true ? [value, previous] : [value]
      )
      return sheetRow([key, name, ...numbers])
    }),
    ...(totals.some((total) => total !== null) ? [sheetRow([null, localization.t.total(), ...totals])] : [])
  ]
}

const hasNumber = (row: Sheet[number]) => Object.values(row).some((cell) => typeof cell === "number")

export const compareXlsx = ({ cards, locale }: Screen, workbook: Uint8Array): void => {
  for (const [index, card] of cards.entries()) {
    // The first sheet describes the report, and the first row of each other sheet names its columns.
    const inFile = rowsOfSheet(workbook, index + 2).slice(1)
    const onScreen = card.isOfPeople
      ? peopleSheet(card, locale)
      : card.columns.flatMap(({ series }) => seriesSheet(series, locale))
    assert.deepStrictEqual(inFile.filter(hasNumber), onScreen.filter(hasNumber), `XLSX: ${card.title}`)
  }
}

/** The text of a PDF file has other spaces and ligatures. */
const joined = (texts: ReadonlyArray<string>) => texts.join("").normalize("NFKC").replaceAll(/[\s\u200b]/g, "")

/** Returns the place after rows with some of their numbers, and -1 if one of the rows is missing. */
const afterRows = (words: string, from: number, rows: ReadonlyArray<ScreenRow>, start: number, end: number): number =>
  rows.reduce((at, { names, numbers }) => {
    const row = joined([...names, ...numbers.slice(start, end)])
    const place = at === -1 ? -1 : words.indexOf(row, at)
    return place === -1 ? -1 : place + row.length
  }, from)

/** A wide table is in parts with some of the numbers, and each part has the names of the rows. */
const afterTable = (words: string, from: number, { rows, title }: ScreenCard): number => {
  const width = rows[0]?.numbers.length ?? 0
  const place = { at: words.indexOf(joined([title]), from), start: 0 }
  assert.isAtLeast(place.at, 0, `PDF: the title ${title}`)
  while (place.start < width) {
    const ends = Array.from({ length: width - place.start }, (_, index) => width - index)
    const end = ends.find((one) => afterRows(words, place.at, rows, place.start, one) !== -1)
    if (end === undefined) return assert.fail(`PDF: ${title} lacks a number of the screen`)
    place.at = afterRows(words, place.at, rows, place.start, end)
    place.start = end
  }
  return place.at
}

export const comparePdf = async ({ cards, locale }: Screen, file: Uint8Array): Promise<void> => {
  const words = joined([await textOfPdf(file)])
  const { allNumbers, partialBucket } = messagesOf(locale).documents
  const begin = words.indexOf(joined([allNumbers()]))
  assert.isAtLeast(begin, 0, "PDF: the tables")
  const named = ({ isPartial, names, numbers }: ScreenRow): ScreenRow => ({
    isPartial,
    numbers,
    names: isPartial ? names.map((bucket) => partialBucket({ bucket })) : names
  })
  cards.reduce((at, card) => afterTable(words, at, { ...card, rows: card.rows.map(named) }), begin)
}
