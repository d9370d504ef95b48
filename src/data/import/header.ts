import { Effect } from "effect"
import type { Field, Table } from "../../metrics/Table.ts"
import { fieldsOf } from "../writeTables.ts"
import type { TableFile } from "./files.ts"
import { ImportRefused } from "./ImportRefused.ts"
import type { Record } from "./records.ts"

/** Beside the columns that may be null or hold lists, these have a default in the tables. */
const defaulted = new Set(["organizations.timeZone", "organizations.weekStart", "organizations.currency"])

const isRequired = ({ isNullable, kind, name, table }: Field): boolean =>
  !isNullable && kind !== "texts" && kind !== "uuids" && !defaulted.has(`${table}.${name}`)

interface Fault {
  readonly column: string
  readonly reason: string
}

const faultOf = (table: Table, columns: ReadonlyArray<string>): Fault | undefined => {
  const fields = fieldsOf(table)
  const unknown = columns.find((column) => !fields.some((field) => field.column === column))
  if (unknown !== undefined) return { column: JSON.stringify(unknown), reason: `${table.name} has no such column` }
  const double = columns.find((column, index) => columns.indexOf(column) < index)
  if (double !== undefined) return { column: double, reason: "this column comes twice" }
  const missing = fields.find((field) => isRequired(field) && !columns.includes(field.column))
  return missing === undefined ? undefined : { column: missing.column, reason: "this column is missing" }
}

/** The columns that the first record of a file names, in its order. */
export const fieldsNamedBy = (
  { path, table }: TableFile,
  { line, values }: Record
): Effect.Effect<ReadonlyArray<Field>, ImportRefused> => {
  const fault = faultOf(table, values)
  if (fault === undefined) {
    return Effect.succeed(values.flatMap((column) => fieldsOf(table).filter((field) => field.column === column)))
  }
  return Effect.fail(new ImportRefused({ place: `${path}:${line} ${fault.column}`, reason: fault.reason }))
}
