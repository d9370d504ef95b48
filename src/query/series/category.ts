import type { CategoryPoint } from "../../domain/Series.ts"
import { type Category, type Part, stepsOf } from "../../metrics/Metric.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { type Group, groupsBefore, groupsOf, inKnownOrder, restOf, total } from "./groups.ts"
import { bySize } from "./sort.ts"
import { changeFrom, isMean, numberOf, percentOf, sumOf, type Value, valueOf } from "./values.ts"

/** The steps are the first points, and the first of them has no shares. */
const sharesOf = (values: ReadonlyArray<Value>, index: number, steps: ReadonlyArray<string>) => {
  const shareOf = (of: number) =>
    index > 0 && index < steps.length ? percentOf(values[index] ?? null, values[of] ?? null) : null
  return { ofFirst: shareOf(0), ofPrevious: shareOf(index - 1) }
}

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

/** `before` contains the aggregate rows of the previous window. */
export const category = (
  plan: Plan,
  rows: ReadonlyArray<AggregateRow>,
  before: ReadonlyArray<AggregateRow>
): ReadonlyArray<CategoryPoint> => {
  const { comparison, metric } = plan
  const steps = stepsOf(metric)
  const groups = categoryGroups(plan, rows)
  const values = groups.map((group) => valueOf(metric, sumOf(group.rows)))
  const earlier = comparison === null ? undefined : groupsBefore(groups, comparison, before)
  return groups.map(({ key, label }, index) => ({
    category: key,
    label,
    value: numberOf(metric, values[index] ?? null),
    ...(earlier !== undefined &&
      changeFrom(metric, values[index] ?? null, valueOf(metric, sumOf(earlier[index]?.rows ?? [])))),
    ...(steps !== undefined && sharesOf(values, index, steps))
  }))
}
