import type { CategoryPoint } from "../../domain/Series.ts"
import type { Category, Metric, Part } from "../../metrics/Metric.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { type Group, groupsOf, inKnownOrder, restOf, total } from "./groups.ts"
import { bySize } from "./sort.ts"
import { isMean, numberOf, sumOf, valueOf } from "./values.ts"

const pointOf = (metric: Metric, { key, label, rows }: Group): CategoryPoint => ({
  category: key,
  label,
  value: numberOf(metric, valueOf(metric, sumOf(rows)))
})

const partGroups = (parts: ReadonlyArray<Part>, rows: ReadonlyArray<AggregateRow>): ReadonlyArray<Group> =>
  parts.map(({ key, label }) => ({ key, label, rows: rows.filter(({ group }) => group === key) }))

/** A known value without rows appears as 0, unless the metric is a mean. */
const dimensionGroups = (
  by: Category["by"],
  top: number | undefined,
  plan: Plan,
  rows: ReadonlyArray<AggregateRow>
): ReadonlyArray<Group> => {
  const groups = groupsOf(by, plan, rows)
  if (by._tag === "Field" && by.known.length > 0) return inKnownOrder(by, groups, !isMean(plan.metric))
  const sorted = bySize(groups, total)
  const named = sorted.slice(0, top)
  const rest = top === undefined ? [] : restOf(sorted.slice(top))
  return [...bySize(named, (group) => valueOf(plan.metric, sumOf(group.rows))), ...rest]
}

export const categoryGroups = (plan: Plan, rows: ReadonlyArray<AggregateRow>): ReadonlyArray<Group> => {
  const { groupBy, metric } = plan
  switch (groupBy._tag) {
    case "Nothing":
      return []
    case "Parts":
      return partGroups(groupBy.parts, rows)
    case "Dimension": {
      const top = metric.shape === "category" && "top" in metric ? metric.top : undefined
      return dimensionGroups(groupBy.dimension, top, plan, rows)
    }
  }
}

export const category = (plan: Plan, rows: ReadonlyArray<AggregateRow>): ReadonlyArray<CategoryPoint> =>
  categoryGroups(plan, rows).map((group) => pointOf(plan.metric, group))
