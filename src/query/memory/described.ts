import type { Tables } from "../../metrics/crm.ts"
import type { RecordType } from "../../metrics/recordTypes.ts"
import type { Field } from "../../metrics/Table.ts"
import type { Point, StoredCell } from "../Point.ts"
import { cell, type Row } from "./cell.ts"
import { tagsOf } from "./evaluateRowByRow.ts"

const storedCell = (row: Row, field: Field): StoredCell => {
  const value = cell(row, field)
  return typeof value === "object" ? value : String(value)
}

export const described = (row: Row, { columns }: RecordType, point: Point, tables: Tables) => {
  const ids = columns.flatMap(({ field }) => field.namedBy === undefined ? [] : [storedCell(row, field)].flat())
  const named = tagsOf(ids.filter((id) => id !== null), point, tables)
  return {
    cells: columns.map(({ field }) => storedCell(row, field)),
    labels: Object.fromEntries(
      named.flatMap(({ group, label }) => group === null || label == null ? [] : [[group, label]])
    )
  }
}
