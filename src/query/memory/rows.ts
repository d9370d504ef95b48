import { identity } from "effect/Function"
import type { Scope } from "../../domain/Scope.ts"
import { dealsTable, leads, type Tables } from "../../metrics/crm.ts"
import type { RecordType } from "../../metrics/recordTypes.ts"
import type { Field, SeenBy } from "../../metrics/Table.ts"
import { bucketOf, leadFieldsOf, leadScopeOf } from "../definitions.ts"
import type { Filter } from "../Filters.ts"
import type { Plan } from "../Plan.ts"
import type { Point, StoredCell } from "../Point.ts"
import { cell, type Row, rowsOf } from "./cell.ts"
import { holds } from "./measure.ts"

export interface Group {
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

const storedCell = (row: Row, field: Field): StoredCell => {
  const value = cell(row, field)
  return typeof value === "object" ? value : String(value)
}

export const described = (row: Row, { columns }: RecordType, point: Point, tables: Tables) => {
  const ids = columns.flatMap(({ field }) => field.namedBy === undefined ? [] : [storedCell(row, field)].flat())
  const named = tagsOf(ids.filter((id) => id !== null), point, tables)
  return {
    cells: columns.map(({ field }) => storedCell(row, field)),
    labels: Object.fromEntries(
      named.flatMap(({ group, label }) => group === null || label == null ? [] : [[group, label]])
    )
  }
}

/** The list is `[null]` for a row that no member owns or is assigned to, if the scope has these rows. */
export const viewersOf = (
  row: Row,
  { assignees, owner }: SeenBy,
  { allMembers, people }: Scope
): ReadonlyArray<string | null> => {
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

export const isSeen = (row: Row, seenBy: SeenBy, scope: Scope): boolean =>
  row.organizationId === scope.organization.organizationId && viewersOf(row, seenBy, scope).length > 0

export const isInScope = (row: Row, plan: Plan): boolean => isSeen(row, plan.metric.from.seenBy, plan.scope)

/** Gives a row the values of the lead behind it, if the plan needs them and the lead is seen. */
const withLead = (plan: Plan, tables: Tables): (row: Row) => Row => {
  const fields = leadFieldsOf(plan)
  if (fields.length === 0) return identity
  const seen = tables.leads.filter((lead) => isSeen(lead, leads.population.seenBy, leadScopeOf(plan)))
  const byId = new Map(seen.map((lead) => [lead.leadId, lead]))
  return (row) => {
    const lead = byId.get(cell(row, dealsTable.fields.leadId) ?? "")
    const values = fields.map(({ name, ofLead }) => [name, lead && ofLead && cell(lead, ofLead)] as const)
    return { ...row, ...Object.fromEntries(values) }
  }
}

/** The rows have the values of the leads behind them, if the plan needs these. */
export const populationRows = (plan: Plan, tables: Tables): ReadonlyArray<Row> => {
  const { from, where } = plan.metric
  return rowsOf(from, tables)
    .filter((row) => isInScope(row, plan) && (where === undefined || holds(where, row, plan)))
    .map(withLead(plan, tables))
    .filter((row) => plan.filters.applied.every((filter) => passes(filter, row)))
}
