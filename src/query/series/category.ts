import type { CategoryPoint } from "../../domain/Series.ts"
import type { Category, Metric, Part } from "../../metrics/Metric.ts"
import type { Tally } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { type Group, groupsOf, inKnownOrder, largest, other } from "./groups.ts"
import { bySize } from "./sort.ts"
import { add, isMean, numberOf, shown } from "./values.ts"

const pointOf = (metric: Metric, { key, label, tallies }: Group): CategoryPoint => ({
  category: key,
  label,
  value: numberOf(metric, shown(metric, add(tallies)))
})

const partGroups = (parts: ReadonlyArray<Part>, tallies: ReadonlyArray<Tally>): ReadonlyArray<Group> =>
  parts.map(({ key, label }) => ({ key, label, tallies: tallies.filter(({ group }) => group === key) }))

/** Known values keep their order and, where nothing is divided, their zeros. */
const dimensionGroups = (by: Category["by"], top: number | undefined, plan: Plan, tallies: ReadonlyArray<Tally>) => {
  const found = groupsOf(by, plan, tallies)
  if (by._tag === "Field" && by.known.length > 0) return inKnownOrder(by, found, !isMean(plan.metric))
  const kept = top === undefined ? found : largest(found, top)
  const rest = kept.filter(({ key }) => key === other)
  const named = kept.filter(({ key }) => key !== other)
  return [...bySize(named, ({ tallies: own }) => shown(plan.metric, add(own))), ...rest]
}

export const category = (plan: Plan, tallies: ReadonlyArray<Tally>): ReadonlyArray<CategoryPoint> => {
  const { metric, split } = plan
  switch (split._tag) {
    case "Whole":
      return []
    case "Parts":
      return partGroups(split.parts, tallies).map((group) => pointOf(metric, group))
    case "By": {
      const top = metric.shape === "category" && "top" in metric ? metric.top : undefined
      return dimensionGroups(split.dimension, top, plan, tallies).map((group) => pointOf(metric, group))
    }
  }
}
