import type { Tables } from "../../metrics/crm.ts"
import type { Tally } from "../AggregateRow.ts"
import { byHand } from "../handwritten/handwritten.ts"
import type { Plan } from "../Plan.ts"
import { cell, type Row } from "./cell.ts"
import { measure } from "./measure.ts"
import { holds } from "./predicate.ts"
import { bucketOf, counted, seers } from "./rows.ts"
import { tally } from "./tally.ts"

interface Group {
  readonly group: string | null
  readonly label?: string | null
}

const tagsOf = (ids: ReadonlyArray<string>, plan: Plan, tables: Tables): ReadonlyArray<Group> =>
  [...new Set(ids)].map((id) => ({
    group: id,
    label: tables.tags.find((tag) =>
      tag.organizationId === plan.scope.organization.organizationId && tag.tagId === id
    )?.name ?? null
  }))

const groupsOf = (row: Row, plan: Plan, tables: Tables): ReadonlyArray<Group> => {
  const { split } = plan
  switch (split._tag) {
    case "Whole":
      return [{ group: null }]
    case "Parts": {
      const part = split.parts.find(({ where }) => where !== undefined && holds(where, row, plan))
      return [{ group: part?.key ?? null }]
    }
    case "By": {
      const { dimension } = split
      if (dimension._tag === "Person") return seers(row, plan.metric.from.seenBy, plan).map((group) => ({ group }))
      if (dimension.kind === "text") return [{ group: cell(row, dimension) }]
      return tagsOf(cell(row, dimension) ?? [], plan, tables)
    }
  }
}

/** A plan over arrays: the same lines as its SQL, row for row. */
export const evaluate = (plan: Plan, tables: Tables): ReadonlyArray<Tally> =>
  byHand(plan.id)?.evaluate(plan, tables) ?? evaluateVocabulary(plan, tables)

const evaluateVocabulary = (plan: Plan, tables: Tables): ReadonlyArray<Tally> => {
  const { at, dominant, measure: of } = plan.metric
  const parts = counted(plan, tables).flatMap((row) => {
    const bucket = bucketOf(row, at, plan)
    if (bucket === undefined) return []
    return groupsOf(row, plan, tables).map((group, place) => ({
      ...measure(of, row, plan),
      ...group,
      bucket,
      ...(dominant !== undefined && {
        currency: cell(row, dominant.currency),
        deals: place === 0 ? 1n : 0n,
        price: place === 0 ? cell(row, dominant.price) ?? 0n : 0n
      })
    }))
  })
  return tally(parts)
}
