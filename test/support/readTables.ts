import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { contract } from "../../src/metrics/crm.ts"
import type { Field, Kind, Table } from "../../src/metrics/Table.ts"

const exact: { readonly [K in Kind]?: (column: string) => string } = {
  money: (column) => `(${column} * 100)::int8`,
  percent: (column) => `(${column} * 10000)::int8`
}

const cell = (value: unknown): unknown => value instanceof Date ? value.getTime() : value

const rowsIn = Effect.fnUntraced(function*(table: Table) {
  const sql = yield* SqlClient.SqlClient
  const columns = Object.values(table.fields).map(({ column, kind, name }: Field) =>
    `${exact[kind]?.(column) ?? column} AS "${name}"`
  )
  const rows = yield* sql.unsafe(`SELECT ${columns.join(", ")} FROM crm.${table.name}`)
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(value)])))
})

/** Reads all CRM tables of a database, in no particular order. */
export const readTables = Effect.all(
  Object.fromEntries(Object.entries<Table>(contract).map(([name, table]) => [name, rowsIn(table)]))
)

const shown = (_: string, value: unknown) => typeof value === "bigint" ? `${value}n` : value

/** Sorts the rows of each table as text, so that two CRMs can be compared. */
export const written = (tables: { readonly [name: string]: ReadonlyArray<object> }) =>
  Object.entries(tables).map(([name, rows]) => [
    name,
    rows.map((row) => JSON.stringify(Object.entries(row).sort(), shown)).sort()
  ])
