import { memoize } from "effect/Function"
import { none, other } from "../../domain/reservedKeys.ts"
import type { Scope } from "../../domain/Scope.ts"
import { valueLabel } from "../../metrics/labels.ts"
import type { Dimension } from "../../metrics/Metric.ts"
import type { Field } from "../../metrics/Table.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { byCodePoint, descending } from "./sort.ts"
import { sumOf } from "./values.ts"

export interface Group {
  readonly key: string
  readonly label: string
  readonly rows: ReadonlyArray<AggregateRow>
}

const foldedKey = (spelling: string | null) => {
  const trimmed = spelling?.trim() ?? ""
  return trimmed === "" ? none : trimmed.toLowerCase()
}

const commonestSpelling = (rows: ReadonlyArray<AggregateRow>): string | undefined => {
  const counts = new Map<string, bigint>()
  for (const { group, numerator } of rows) {
    const spelling = group?.trim() ?? ""
    counts.set(spelling, (counts.get(spelling) ?? 0n) + numerator)
  }
  return [...counts].sort(([a, left], [b, right]) => descending(left, right) || byCodePoint(a, b))[0]?.[0]
}

const fieldLabel = (field: Field, key: string, rows: ReadonlyArray<AggregateRow>): string => {
  if (key === none) return valueLabel(field, null)
  if (field.isFolded) return commonestSpelling(rows) ?? key
  return field.namedBy === undefined ? valueLabel(field, key) : rows[0]?.label ?? key
}

/** The label of the rows that no member owns or is assigned to. */
export const nobodyLabel = "Nobody"

/** A search for the name of each group would take time that grows with the square of the people. */
const namesOf = memoize(({ people }: Scope): ReadonlyMap<string, string> =>
  new Map(people.map(({ name, userId }) => [userId, name]))
)

const personLabel = ({ scope }: Plan, key: string): string =>
  key === none ? nobodyLabel : namesOf(scope).get(key) ?? key

const labelOf = (dimension: Dimension, key: string, plan: Plan, rows: ReadonlyArray<AggregateRow>): string =>
  dimension._tag === "Person" ? personLabel(plan, key) : fieldLabel(dimension, key, rows)

const keyOf = (dimension: Dimension, { group }: AggregateRow): string =>
  dimension._tag === "Field" && dimension.isFolded ? foldedKey(group) : group ?? none

export const groupsOf = (dimension: Dimension, plan: Plan, rows: ReadonlyArray<AggregateRow>): ReadonlyArray<Group> => {
  const byKey = Map.groupBy(rows, (row) => keyOf(dimension, row))
  return [...byKey].map(([key, own]) => ({ key, label: labelOf(dimension, key, plan, own), rows: own }))
}

export const inKnownOrder = ({ known }: Field, groups: ReadonlyArray<Group>, zeros = false): ReadonlyArray<Group> => {
  const ordered: Array<Group> = []
  for (const { label, value } of known) {
    const group = groups.find(({ key }) => key === value)
    if (group !== undefined) ordered.push(group)
    else if (zeros) ordered.push({ key: value, label, rows: [] })
  }
  const unknown = groups.filter(({ key }) => key !== none && !known.some(({ value }) => value === key))
  const nones = groups.filter(({ key }) => key === none)
  return [...ordered, ...unknown.toSorted((a, b) => byCodePoint(a.key, b.key)), ...nones]
}

export const total = ({ rows }: Group): bigint => sumOf(rows).numerator

/** Returns `~other` with the rows of the groups, or nothing without groups. */
export const restOf = (groups: ReadonlyArray<Group>): ReadonlyArray<Group> =>
  groups.length === 0 ? [] : [{ key: other, label: "Other", rows: groups.flatMap(({ rows }) => rows) }]

/** The groups with their rows of the previous window. There, `~other` has the rows of all groups that are not named. */
export const groupsBefore = (
  groups: ReadonlyArray<Group>,
  plan: Plan,
  rows: ReadonlyArray<AggregateRow>
): ReadonlyArray<Group> => {
  const { groupBy } = plan
  if (groupBy._tag === "Nothing") return groups.map((group) => ({ ...group, rows }))
  if (groupBy._tag === "Parts") {
    return groups.map((part) => ({ ...part, rows: rows.filter(({ group }) => group === part.key) }))
  }
  const { dimension } = groupBy
  const named = new Set(groups.map(({ key }) => key))
  const before = Map.groupBy(rows, (row) => keyOf(dimension, row))
  const rest = named.has(other) ? [...before].flatMap(([key, own]) => named.has(key) ? [] : own) : []
  return groups.map((group) => ({ ...group, rows: group.key === other ? rest : before.get(group.key) ?? [] }))
}
