import { stringify } from "csv-stringify/sync"
import { ownColumns, type RecordCell, recordCells, type RecordFormat } from "./recordTable.ts"

/** A spreadsheet can trim leading blanks and then run a formula. */
const hidden = /^[\s\p{C}]+[=+\-@＝＋－＠]/u

/** Some programs also start a cell after `;` or `|`, and a text with these characters has no quotes in CSV. */
const hiddenAfter = /([;|])(?=[\s\p{C}]*[=+\-@＝＋－＠])/gu

/** Some programs end a row at a line break inside quotes. */
const guarded = (text: string): string => {
  const line = text.toWellFormed().replaceAll(/\p{Cc}+/gu, " ").replaceAll(hiddenAfter, "$1'")
  return hidden.test(line) ? `'${line}` : line
}

type CsvCell = RecordCell | boolean

const written = (cell: CsvCell) => {
  if (cell instanceof Date) return cell.toISOString()
  return typeof cell === "string" ? guarded(cell) : cell
}

/** Texts that a spreadsheet would take for formulas are guarded. */
export const csvText = (rows: ReadonlyArray<ReadonlyArray<CsvCell>>, bom = true): string =>
  stringify(rows.map((row) => row.map(written)), { bom, escape_formulas: true, record_delimiter: "windows" })

export const csvLines = (rows: ReadonlyArray<ReadonlyArray<CsvCell>>, bom: boolean): Uint8Array =>
  Buffer.from(csvText(rows, bom))

export const recordCsv: RecordFormat = async ({ columns }) => ({
  start: csvLines([[...ownColumns, ...columns].map(({ label }) => label)], true),
  rows: async (records) => csvLines(records.map(recordCells(columns)), false),
  end: async () => new Uint8Array()
})
