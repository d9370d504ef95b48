import { stringify } from "csv-stringify/sync"
import { guarded } from "./guarded.ts"
import { ownColumns, type RecordCell, recordCells, type RecordFormat } from "./recordTable.ts"

const written = (cell: RecordCell) => {
  if (cell instanceof Date) return cell.toISOString()
  return typeof cell === "string" ? guarded(cell) : cell
}

/** Texts that a spreadsheet would take for formulas are guarded. */
export const csvLines = (rows: ReadonlyArray<ReadonlyArray<RecordCell>>, bom: boolean): Uint8Array =>
  Buffer.from(
    stringify(rows.map((row) => row.map(written)), { bom, escape_formulas: true, record_delimiter: "windows" })
  )

export const recordCsv: RecordFormat = async ({ columns }) => ({
  start: csvLines([[...ownColumns, ...columns].map(({ label }) => label)], true),
  rows: async (records) => csvLines(records.map(recordCells(columns)), false),
  end: async () => new Uint8Array()
})
