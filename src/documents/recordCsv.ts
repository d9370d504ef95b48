import { stringify } from "csv-stringify/sync"
import type { Record, RecordColumn } from "../domain/Records.ts"
import { guarded } from "./guarded.ts"

const options = { escape_formulas: true, record_delimiter: "windows" } as const

/** Returns text if the number would be rounded. */
const amount = (text: string | null) => {
  const number = Number(text)
  return text === null || !Number.isSafeInteger(Math.round(number * 1_000)) ? text : number
}

export const recordHeader = (columns: ReadonlyArray<RecordColumn>): string =>
  stringify([["type", "id", "at", "link", "n", "d", ...columns.map(({ label }) => guarded(label))]], {
    ...options,
    bom: true
  })

export const recordLines = (columns: ReadonlyArray<RecordColumn>, records: ReadonlyArray<Record>): string =>
  stringify(
    records.map(({ at, fields, id, link, type, weight }) => [
      type,
      guarded(id),
      at,
      link ?? null,
      amount(weight.n),
      amount(weight.d),
      ...columns.map(({ key }) => guarded(fields[key]?.text ?? ""))
    ]),
    options
  )
