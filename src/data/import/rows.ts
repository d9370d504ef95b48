import { Result } from "effect"
import { counted } from "../../domain/counted.ts"
import type { Field } from "../../metrics/Table.ts"
import { type Cell, parse } from "./cell.ts"
import type { Fault } from "./ImportRefused.ts"
import type { Delimiter, Record } from "./records.ts"
import { faultOf } from "./rules.ts"

export interface Row {
  readonly line: number
  readonly cells: Readonly<{ [field: string]: Cell }>
}

const shown = (value: string): string => JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)

const isList = ({ kind }: Field): boolean => kind === "texts" || kind === "uuids"

const emptyCell = (field: Field): Result.Result<Cell, string> => {
  if (isList(field)) return Result.succeed([])
  return field.isNullable ? Result.succeed(null) : Result.fail("must not be empty")
}

/** In a file with the delimiter `;`, the decimal point may be a comma. */
const withPoint = (field: Field, delimiter: Delimiter) => (text: string): string =>
  delimiter === ";" && (field.kind === "money" || field.kind === "percent")
    ? text.replace(/^(-?\d+),(\d+)$/, "$1.$2")
    : text

/** PostgreSQL can write null as `\N`. */
const isEmpty = (text: string) => text === "" || text === "\\N"

const cellOf = (field: Field, delimiter: Delimiter) => {
  const fault = faultOf(field)
  const normalized = withPoint(field, delimiter)
  return (text: string): Result.Result<Cell, Omit<Fault, "place">> => {
    if (isEmpty(text)) return Result.mapError(emptyCell(field), (reason) => ({ reason }))
    const kind = fault(text)
    const cell = kind === undefined ? parse(field.kind, normalized(text)) : Result.fail(kind)
    return Result.mapError(cell, (kind) => ({ kind, reason: `${shown(text)} ${kind}` }))
  }
}

export const lengthFault = (path: string, { line, values }: Record, columns: ReadonlyArray<unknown>): Fault => ({
  place: `${path}:${line}`,
  reason: `${counted(values.length, "value", "values")} for ${counted(columns.length, "column", "columns")}`
})

export const rowsOf = (path: string, fields: ReadonlyArray<Field>, delimiter: Delimiter) => {
  const columns = fields.map((field) => ({ field, read: cellOf(field, delimiter) }))
  return (record: Record): Result.Result<Row, ReadonlyArray<Fault>> => {
    const { line, values } = record
    if (values.length !== columns.length) return Result.fail([lengthFault(path, record, columns)])
    const cells: { [field: string]: Cell } = {}
    const faults: Array<Fault> = []
    for (const [index, { field, read }] of columns.entries()) {
      const cell = read(values[index] ?? "")
      if (Result.isSuccess(cell)) cells[field.name] = cell.success
      else faults.push({ place: `${path}:${line} ${field.column}`, ...cell.failure })
    }
    return faults.length === 0 ? Result.succeed({ line, cells }) : Result.fail(faults)
  }
}
