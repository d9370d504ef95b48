import { Result } from "effect"
import type { Field } from "../../metrics/Table.ts"
import { type Cell, parse } from "./cell.ts"
import { ImportRefused } from "./ImportRefused.ts"
import type { Record } from "./records.ts"
import { faultOf } from "./rules.ts"

/** A row of the contract, with the line of the file that it stands in. */
export interface Row {
  readonly line: number
  readonly cells: Readonly<{ [field: string]: Cell }>
}

const shown = (value: string): string => JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)

const isList = ({ kind }: Field): boolean => kind === "texts" || kind === "uuids"

const nothing = (field: Field): Result.Result<Cell, string> => {
  if (isList(field)) return Result.succeed([])
  return field.isNullable ? Result.succeed(null) : Result.fail("must not be empty")
}

const cellOf = (field: Field): (text: string) => Result.Result<Cell, string> => {
  const fault = faultOf(field)
  return (text) => {
    if (text === "") return nothing(field)
    const reason = fault(text)
    const cell = reason === undefined ? parse(field.kind, text) : Result.fail(reason)
    return Result.mapError(cell, (reason) => `${shown(text)} ${reason}`)
  }
}

/** Reads the records of a file whose columns are `fields`. */
export const rowsOf = (path: string, fields: ReadonlyArray<Field>) => {
  const columns = fields.map((field) => ({ field, read: cellOf(field) }))
  return ({ line, values }: Record): Result.Result<Row, ImportRefused> => {
    if (values.length !== columns.length) {
      const reason = `${values.length} values for ${columns.length} columns`
      return Result.fail(new ImportRefused({ place: `${path}:${line}`, reason }))
    }
    const cells: { [field: string]: Cell } = {}
    for (const [index, { field, read }] of columns.entries()) {
      const cell = read(values[index] ?? "")
      if (Result.isFailure(cell)) {
        return Result.fail(new ImportRefused({ place: `${path}:${line} ${field.column}`, reason: cell.failure }))
      }
      cells[field.name] = cell.success
    }
    return Result.succeed({ line, cells })
  }
}
