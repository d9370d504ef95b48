import type { Tables } from "../../metrics/crm.ts"
import type { Measure } from "../../metrics/Measure.ts"
import { recordTypeOf } from "../../metrics/recordTypes.ts"
import type { Amounts } from "../AggregateRow.ts"
import type { CountedRow, Point } from "../Point.ts"
import { cell, type Row } from "./cell.ts"
import { described } from "./described.ts"
import { groupsOf } from "./evaluateRowByRow.ts"
import { measure } from "./measure.ts"
import { holds } from "./predicate.ts"
import { bucketOfRow, populationRows } from "./rows.ts"

/** A sum includes rows that add 0. A mean leaves out rows without a value. */
const isCounted = (of: Measure, row: Row, point: Point, { denominator, numerator }: Amounts): boolean =>
  of._tag === "Weighted" ||
  (of._tag === "Sum" ? of.where === undefined || holds(of.where, row, point) : numerator > 0n || denominator > 0n)

export const recordsRowByRow = (point: Point, tables: Tables): ReadonlyArray<CountedRow> => {
  const { at, dominant, from, measure: of } = point.metric
  const type = recordTypeOf(from.table)
  return populationRows(point, tables).flatMap((row) => {
    const amounts = measure(of, row, point)
    const isOtherCurrency = dominant !== undefined && cell(row, dominant.currency) !== point.currency
    if (bucketOfRow(row, at, point) === undefined || isOtherCurrency || !isCounted(of, row, point, amounts)) return []
    const times = BigInt(
      groupsOf(row, point, tables).filter(({ group }) => point.groups?.includes(group) ?? true).length
    )
    if (times === 0n) return []
    const id = String(cell(row, type.key))
    return [{
      id,
      subject: id,
      at: cell(row, at ?? type.at) ?? 0,
      numerator: amounts.numerator * times,
      denominator: amounts.denominator * times,
      ...described(row, type, point, tables)
    }]
  })
}
