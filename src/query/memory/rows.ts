import type { Instant } from "../../domain/Calendar.ts"
import type { Tables } from "../../metrics/crm.ts"
import type { Field, SeenBy } from "../../metrics/Table.ts"
import type { Filter } from "../Filters.ts"
import type { Plan } from "../Plan.ts"
import { cell, type Row, rowsOf } from "./cell.ts"
import { holds } from "./predicate.ts"

/** The people in scope who see the row, once each, its owner first. */
export const seers = (row: Row, { assignees, owner }: SeenBy, plan: Plan): ReadonlyArray<string> => {
  const ownerId = cell(row, owner)
  const all = new Set([ownerId, ...(assignees === undefined ? [] : cell(row, assignees) ?? [])])
  const seeing = plan.scope.people.map(({ userId }) => userId).filter((id) => all.has(id))
  return seeing.toSorted((a, b) => Number(b === ownerId) - Number(a === ownerId))
}

const passes = ({ field, orNone, values }: Filter, row: Row): boolean => {
  if (field.kind === "uuids") return (cell(row, field) ?? []).some((id) => values.includes(id))
  const value = cell(row, field)
  return value === null ? orNone : values.includes(value)
}

/** Which edges a moment lies between: the number of edges at or before it. */
const bucketAt = (instant: Instant, edges: ReadonlyArray<Instant>): number => {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edges[middle] ?? Infinity) <= instant) low = middle + 1
    else high = middle
  }
  return low
}

/** The bucket of an instant, or undefined where the plan's time leaves it out. */
export const bucketOfInstant = (instant: Instant, { edges, gap, isOpen }: Plan): number | undefined => {
  const bucket = bucketAt(instant, edges)
  const isAfter = bucket === edges.length
  const isBefore = bucket === 0 && !isOpen
  return isAfter || isBefore || bucket === gap ? undefined : bucket
}

/** The bucket of a row, likewise. */
export const bucketOf = (row: Row, at: Field<"instant"> | undefined, plan: Plan): number | undefined => {
  if (at === undefined) return 0
  const instant = cell(row, at)
  return instant === null ? undefined : bucketOfInstant(instant, plan)
}

export const isInScope = (row: Row, plan: Plan): boolean =>
  row.organizationId === plan.scope.organization.organizationId && seers(row, plan.metric.from.seenBy, plan).length > 0

/** The rows of the population that the plan counts, whenever they happened. */
export const counted = (plan: Plan, tables: Tables): ReadonlyArray<Row> => {
  const { from, where } = plan.metric
  return rowsOf(from, tables).filter((row) =>
    isInScope(row, plan) &&
    (where === undefined || holds(where, row, plan)) &&
    plan.filters.applied.every((filter) => passes(filter, row))
  )
}
