import type { Dimension } from "../../metrics/Metric.ts"
import type { Field } from "../../metrics/Table.ts"
import type { Tally } from "../AggregateRow.ts"
import { none } from "../Filters.ts"
import type { Plan } from "../Plan.ts"
import { byCodePoint, bySize, descending } from "./sort.ts"
import { add } from "./values.ts"

/** The lines of one value of a dimension. */
export interface Group {
  readonly key: string
  readonly label: string
  readonly tallies: ReadonlyArray<Tally>
}

/** The key of what is not among the largest. */
export const other = "~other"

const folded = (spelling: string | null) => {
  const trimmed = spelling?.trim() ?? ""
  return trimmed === "" ? none : trimmed.toLowerCase()
}

const commonest = (tallies: ReadonlyArray<Tally>): string | undefined => {
  const counts = new Map<string, bigint>()
  for (const { group, n } of tallies) {
    const spelling = group?.trim() ?? ""
    counts.set(spelling, (counts.get(spelling) ?? 0n) + n)
  }
  return [...counts].sort(([a, left], [b, right]) => descending(left, right) || byCodePoint(a, b))[0]?.[0]
}

const fieldLabel = (field: Field, key: string, tallies: ReadonlyArray<Tally>): string => {
  if (key === none) return field.noneLabel
  if (field.isFolded) return commonest(tallies) ?? key
  return field.known.find(({ value }) => value === key)?.label ?? tallies[0]?.label ?? key
}

const labelOf = (dimension: Dimension, key: string, plan: Plan, tallies: ReadonlyArray<Tally>): string =>
  dimension._tag === "Person"
    ? plan.scope.people.find(({ userId }) => userId === key)?.name ?? key
    : fieldLabel(dimension, key, tallies)

const keyOf = (dimension: Dimension, { group }: Tally): string =>
  dimension._tag === "Field" && dimension.isFolded ? folded(group) : group ?? none

export const groupsOf = (dimension: Dimension, plan: Plan, tallies: ReadonlyArray<Tally>): ReadonlyArray<Group> => {
  const byKey = Map.groupBy(tallies, (tally) => keyOf(dimension, tally))
  return [...byKey].map(([key, own]) => ({ key, label: labelOf(dimension, key, plan, own), tallies: own }))
}

/** Known values in their order, with `zeros` also those without a line; then unknown ones by code point, then none. */
export const inKnownOrder = ({ known }: Field, groups: ReadonlyArray<Group>, zeros = false): ReadonlyArray<Group> => {
  const ordered: Array<Group> = []
  for (const { label, value } of known) {
    const found = groups.find(({ key }) => key === value)
    if (found !== undefined) ordered.push(found)
    else if (zeros) ordered.push({ key: value, label, tallies: [] })
  }
  const others = groups.filter(({ key }) => key !== none && !known.some(({ value }) => value === key))
  const nones = groups.filter(({ key }) => key === none)
  return [...ordered, ...others.toSorted((a, b) => byCodePoint(a.key, b.key)), ...nones]
}

const total = ({ tallies }: Group): bigint => add(tallies).n

/** The largest groups, largest first, and the rest as one. */
export const largest = (groups: ReadonlyArray<Group>, count: number): ReadonlyArray<Group> => {
  const sorted = bySize(groups, total)
  const rest = sorted.slice(count)
  if (rest.length === 0) return sorted
  return [...sorted.slice(0, count), { key: other, label: "Other", tallies: rest.flatMap(({ tallies }) => tallies) }]
}
