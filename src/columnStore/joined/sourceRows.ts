import { Predicate } from "effect"
import type { Field } from "../../metrics/Table.ts"
import type { Source } from "./sources.ts"

/** A row begins with the number of its source in the join. The values of the fields of this source follow. */
export type Row = ReadonlyArray<unknown>

export interface SourceRows {
  readonly rows: ReadonlyArray<Row>
  text(row: Row, field: Field<"text">): string | null
  texts(row: Row, field: Field<"texts"> | Field<"uuids">): ReadonlyArray<string>
  number(row: Row, field: Field): number | null
}

const noTexts: ReadonlyArray<string> = []

export const rowsOfSource = ({ fields }: Source, source: number): (rows: ReadonlyArray<Row>) => SourceRows => {
  const indexes = new Map<Field, number>(fields.map((field, index) => [field, index + 1]))
  const cell = (row: Row, field: Field) => row[indexes.get(field) ?? -1]
  const readers: Omit<SourceRows, "rows"> = {
    text: (row, field) => {
      const value = cell(row, field)
      return Predicate.isString(value) ? value : null
    },
    texts: (row, field) => {
      const value = cell(row, field)
      return Array.isArray(value) && value.length > 0 ? value.filter(Predicate.isString) : noTexts
    },
    number: (row, field) => {
      const value = cell(row, field)
      return typeof value === "number" ? value : null
    }
  }
  return (rows) => ({ ...readers, rows: rows.filter((row) => row[0] === source) })
}
