import type { Tables } from "../../metrics/crm.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { aggregate } from "./aggregate.ts"
import { cell, type Row } from "./cell.ts"
import { measure } from "./measure.ts"
import { holds } from "./predicate.ts"
import { bucketOfRow, populationRows, viewersOf } from "./rows.ts"

interface Group {
  readonly group: string | null
  readonly label?: string | null
}

export const tagsOf = (ids: ReadonlyArray<string>, plan: Plan, tables: Tables): ReadonlyArray<Group> =>
  [...new Set(ids)].map((id) => ({
    group: id,
    label: tables.tags.find((tag) =>
      tag.organizationId === plan.scope.organization.organizationId && tag.tagId === id
    )?.name ?? null
  }))

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
