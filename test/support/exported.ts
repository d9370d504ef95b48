import { contract, type Tables } from "../../src/metrics/crm.ts"
import type { Field, Kind, Table } from "../../src/metrics/Table.ts"

const decimal = (digits: number) => (cell: unknown): string => {
  const text = String(cell).replace("-", "").padStart(digits + 1, "0")
  return `${String(cell).startsWith("-") ? "-" : ""}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

const listed = (cell: unknown) => Array.isArray(cell) ? cell.join("|") : ""

const texts: { readonly [K in Kind]: (cell: unknown) => string } = {
  text: String,
  uuid: String,
  integer: String,
  instant: (cell) => new Date(Number(cell)).toISOString(),
  money: decimal(2),
  percent: decimal(4),
  texts: listed,
  uuids: listed
}

const quoted = (text: string) => /[",\r\n]/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text

const linesOf = (table: Table, rows: ReadonlyArray<Readonly<Record<string, unknown>>>): ReadonlyArray<string> => {
  const fields: ReadonlyArray<Field> = Object.values(table.fields)
  const line = (row: Readonly<Record<string, unknown>>) =>
    fields.map(({ kind, name }) => row[name] === null ? "" : quoted(texts[kind](row[name]))).join(",")
  return [fields.map(({ column }) => column).join(","), ...rows.map(line)]
}

/** Writes a CRM as the CSV files that the importer reads. */
export const exported = (tables: Tables) => {
  const rowsOf = new Map<string, Tables[keyof Tables]>(Object.entries(tables))
  return Object.fromEntries(
    Object.entries<Table>(contract).map(([name, table]) => [
      `${table.name}.csv.gz`,
      linesOf(table, rowsOf.get(name) ?? [])
    ])
  )
}
