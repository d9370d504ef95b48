import type { Tables } from "../../metrics/crm.ts"
import type { Measure } from "../../metrics/Measure.ts"
import { recordTypeOf } from "../../metrics/recordTypes.ts"
import type { AggregateRow, Amounts } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import type { CountedRow, Point } from "../Point.ts"
import { aggregate } from "./aggregate.ts"
import { cell, type Row } from "./cell.ts"
import { holds, measure } from "./measure.ts"
import { bucketOfRow, described, type Group, populationRows, tagsOf, viewersOf } from "./rows.ts"

export const groupsOf = (row: Row, plan: Plan, tables: Tables): ReadonlyArray<Group> => {
  const { groupBy } = plan
  switch (groupBy._tag) {
    case "Nothing":
      return [{ group: null }]
    case "Parts": {
      const part = groupBy.parts.find(({ where }) => where !== undefined && holds(where, row, plan))
      return [{ group: part?.key ?? null }]
    }
    case "Dimension": {
      const { dimension } = groupBy
      if (dimension._tag === "Person") {
        return viewersOf(row, plan.metric.from.seenBy, plan.scope).map((group) => ({ group }))
      }
      if (dimension.kind === "text") return [{ group: cell(row, dimension) }]
      return tagsOf(cell(row, dimension) ?? [], plan, tables)
    }
  }
}

export const evaluateRowByRow = (plan: Plan, tables: Tables): ReadonlyArray<AggregateRow> => {
  const { at, dominant, measure: of } = plan.metric
  const parts = populationRows(plan, tables).flatMap((row) => {
    const bucket = bucketOfRow(row, at, plan)
    if (bucket === undefined) return []
    return groupsOf(row, plan, tables).map((group, index) => ({
      ...measure(of, row, plan),
      ...group,
      bucket,
      ...(dominant !== undefined && {
        currency: cell(row, dominant.currency),
        currencyRows: index === 0 ? 1n : 0n,
        currencyTotal: index === 0 ? cell(row, dominant.price) ?? 0n : 0n
      })
    }))
  })
  return aggregate(parts)
}

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
