import type { Record, RecordColumn, RecordField, RecordsRequest, RecordsResponse } from "../domain/Records.ts"

/** The rows are made in parts, so that the whole file is never in memory. */
interface RecordSheet {
  readonly start: Uint8Array
  readonly rows: (records: ReadonlyArray<Record>) => Promise<Uint8Array>
  readonly end: () => Promise<Uint8Array>
}

export type RecordFormat = (first: RecordsResponse, asked: RecordsRequest, locale: string) => Promise<RecordSheet>

/** A time is a `Date`. A number that is too large for three exact decimals is text. */
export type RecordCell = string | number | Date | null

const numberOf = (text: string): string | number => {
  const number = Number(text)
  return Number.isSafeInteger(Math.round(number * 1_000)) ? number : text
}

const amount = (text: string | null): RecordCell => text === null ? null : numberOf(text)

const cellOf = (text: string | null, { kind }: RecordColumn): RecordCell => {
  if (text === null) return null
  switch (kind) {
    case "time":
      return new Date(text)
    case "money":
    case "percent":
    case "number":
      return numberOf(text)
    case "text":
    case "person":
    case "people":
    case "tags":
      return text
  }
}

export const ownColumns: ReadonlyArray<RecordColumn> = [
  { key: "type", label: "type", kind: "text" },
  { key: "id", label: "id", kind: "text" },
  { key: "at", label: "at", kind: "time" },
  { key: "link", label: "link", kind: "text" },
  { key: "n", label: "n", kind: "number" },
  { key: "d", label: "d", kind: "number" }
]

type TextOf = (field: RecordField, column: RecordColumn) => string | null

export const recordCells =
  (columns: ReadonlyArray<RecordColumn>, textOf: TextOf = ({ text }) => text) =>
  ({ at, fields, id, link, type, weight }: Record): ReadonlyArray<RecordCell> => [
    type,
    id,
    new Date(at),
    link ?? null,
    amount(weight.n),
    amount(weight.d),
    ...columns.map((column) => {
      const field = fields[column.key]
      return cellOf(field === undefined ? null : textOf(field, column), column)
    })
  ]
