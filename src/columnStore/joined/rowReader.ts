import { Predicate } from "effect"
import type { Field } from "../../metrics/Table.ts"
import { noTexts, type Rows } from "./KeyedRows.ts"
import type { Source } from "./sources.ts"

type Row = ReadonlyArray<unknown>

/** Reads rows that have the number of their source first. */
export const makeRowReader = ({ fields }: Source) => {
  const indexes = new Map<Field, number>(fields.map((field, index) => [field, index + 1]))
  const rows: Array<Row> = []
  const places: Array<number> = []
  const cell = (place: number, field: Field) => rows[place]?.[indexes.get(field) ?? -1]
  const read: Rows = {
    places,
    text: (place, field) => {
      const value = cell(place, field)
      return Predicate.isString(value) ? value : null
    },
    texts: (place, field) => {
      const value = cell(place, field)
      return Array.isArray(value) && value.length > 0 ? value.filter(Predicate.isString) : noTexts
    },
    number: (place, field) => {
      const value = cell(place, field)
      return typeof value === "number" ? value : null
    }
  }
  return {
    read,
    /** Removing one row after the other keeps the memory of both arrays. */
    clear: () => {
      while (rows.pop() !== undefined) places.pop()
    },
    add: (row: Row) => void places.push(rows.push(row) - 1)
  }
}
