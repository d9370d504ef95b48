import { Result } from "effect"
import type { Field, Table } from "../../metrics/Table.ts"
import { fieldsOf } from "../writeTables.ts"
import type { TableFile } from "./files.ts"
import type { Fault } from "./ImportRefused.ts"
import type { Record } from "./records.ts"

const defaulted = new Set(["organizations.timeZone", "organizations.weekStart", "organizations.currency"])

export const isRequired = ({ isNullable, kind, name, table }: Field): boolean =>
  !isNullable && kind !== "texts" && kind !== "uuids" && !defaulted.has(`${table}.${name}`)

const faultsIn = (table: Table, columns: ReadonlyArray<string>): ReadonlyArray<readonly [string, string]> => {
  const fields = fieldsOf(table)
  const known = new Set(fields.map(({ column }) => column))
  const unknown = columns.filter((column) => !known.has(column))
  const repeated = columns.filter((column, index) => known.has(column) && columns.indexOf(column) < index)
  const missing = fields.filter((field) => isRequired(field) && !columns.includes(field.column))
  return [
    ...unknown.map((column) => [JSON.stringify(column), `${table.name} has no such column`] as const),
    ...repeated.map((column) => [column, "this column comes twice"] as const),
    ...missing.map(({ column }) => [column, "this column is missing"] as const)
  ]
}

export const fieldsNamedBy = (
  { path, table }: TableFile,
  { line, values }: Record
): Result.Result<ReadonlyArray<Field>, ReadonlyArray<Fault>> => {
  const faults = faultsIn(table, values)
  return faults.length === 0
    ? Result.succeed(values.flatMap((column) => fieldsOf(table).filter((field) => field.column === column)))
    : Result.fail(faults.map(([column, reason]) => ({ place: `${path}:${line} ${column}`, reason })))
}
