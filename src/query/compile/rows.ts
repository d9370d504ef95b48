import type { Filter } from "../Filters.ts"
import type { Plan } from "../Plan.ts"
import { cell, predicate } from "./predicate.ts"
import type { Places } from "./Statement.ts"
import { isAmong, lines, organization, people, person } from "./Statement.ts"

/** Whose rows: those that somebody in scope owns, or those of others that somebody in scope is assigned to. */
export interface Gate {
  readonly owned: string
  readonly shared: string | undefined
}

/** With so many people a hash is cheaper than comparing lists, and most rows are of an owner in scope. */
export const isMany = ({ scope }: Plan): boolean => scope.people.length >= 9

/** Somebody in scope is assigned to the row, whoever owns it. */
export const assigned = ({ metric, scope }: Plan): string => {
  const { assignees } = metric.from.seenBy
  if (assignees === undefined) return "false"
  const among = scope.people.length === 1
    ? `${person} = ANY (${cell(assignees)})`
    : `${cell(assignees)} && ${people}`
  return `${cell(assignees)} <> '{}' AND ${among}`
}

/**
 * Who may be counted. No statement goes without it. Each half is a range of an index of its own: `owned` leaves no row
 * to look at in vain, `shared` looks at the few rows that have assignees.
 */
export const gateOf = (plan: Plan): Gate => {
  const { assignees, owner } = plan.metric.from.seenBy
  const owned = isAmong(cell(owner), plan.scope.people.length)
  if (assignees === undefined) return { owned, shared: undefined }
  const inScope = isMany(plan) ? `${cell(owner)} IN (SELECT unnest(${people}))` : owned
  return { owned, shared: `${assigned(plan)} AND (${inScope}) IS NOT TRUE` }
}

const filter = ({ field, orNone, values }: Filter, places: Places): string => {
  if (field.kind === "uuids") return `${cell(field)} && ${places.uuids(values)}`
  const [only, ...more] = values
  const among = only !== undefined && more.length === 0
    ? `${cell(field)} = ${places.text(only)}`
    : `${cell(field)} = ANY (${places.texts(values)})`
  return orNone ? `(${among} OR ${cell(field)} IS NULL)` : among
}

export const where = (all: ReadonlyArray<string>): string => `WHERE ${all.join("\n  AND ")}`

/**
 * How to read the rows behind a gate that are of the organization, in time, and as the metric and the filters say. Of
 * tests that cost the same the planner does the first one first, and the gate's takes the longest.
 */
export const reader = (plan: Plan, places: Places, during: ReadonlyArray<string>) => {
  const { from, where: only } = plan.metric
  const others = [
    ...during,
    ...(only === undefined ? [] : [predicate(only, plan, places)]),
    ...plan.filters.applied.map((applied) => filter(applied, places))
  ]
  return (gate: string): string =>
    lines(`FROM crm.${from.table} r`, where([`r.organization_id = ${organization}`, ...others, gate]))
}
