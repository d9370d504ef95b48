import type { Tables } from "../../metrics/crm.ts"
import type { Field, SeenBy } from "../../metrics/Table.ts"
import { bucketOf } from "../bucketOf.ts"
import type { Filter } from "../Filters.ts"
import type { Plan } from "../Plan.ts"
import { cell, type Row, rowsOf } from "./cell.ts"
import { holds } from "./predicate.ts"

/** The list is `[null]` for a row that no member owns or is assigned to, if the scope has these rows. */
export const viewersOf = (row: Row, { assignees, owner }: SeenBy, plan: Plan): ReadonlyArray<string | null> => {
  const { allMembers, people } = plan.scope
  const ownerId = cell(row, owner)
  const viewers = new Set([ownerId, ...(assignees === undefined ? [] : cell(row, assignees) ?? [])])
  if (allMembers?.every((id) => !viewers.has(id)) === true) return [null]
  const inScope = people.map(({ userId }) => userId).filter((id) => viewers.has(id))
  return inScope.toSorted((a, b) => Number(b === ownerId) - Number(a === ownerId))
}

const passes = ({ field, orNone, values }: Filter, row: Row): boolean => {
  if (field.kind === "uuids") return (cell(row, field) ?? []).some((id) => values.includes(id))
  const value = cell(row, field)
  return value === null ? orNone : values.includes(value)
}

export const bucketOfRow = (row: Row, at: Field<"instant"> | undefined, plan: Plan): number | undefined => {
  if (at === undefined) return 0
  const instant = cell(row, at)
  return instant === null ? undefined : bucketOf(instant, plan)
}

export const isInScope = (row: Row, plan: Plan): boolean =>
  row.organizationId === plan.scope.organization.organizationId &&
  viewersOf(row, plan.metric.from.seenBy, plan).length > 0

export const populationRows = (plan: Plan, tables: Tables): ReadonlyArray<Row> => {
  const { from, where } = plan.metric
  return rowsOf(from, tables).filter((row) =>
    isInScope(row, plan) &&
    (where === undefined || holds(where, row, plan)) &&
    plan.filters.applied.every((filter) => passes(filter, row))
  )
}
