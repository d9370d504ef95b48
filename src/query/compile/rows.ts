import type { Filter } from "../Filters.ts"
import type { Plan } from "../Plan.ts"
import { cell, predicate } from "./predicate.ts"
import type { Places } from "./Statement.ts"
import { lines, organization, people } from "./Statement.ts"

/** Whose rows: those that somebody in scope owns, or those of others that somebody in scope is assigned to. */
export interface Gate {
  readonly owned: string
  readonly shared: string | undefined
}

/** PostgreSQL looks up so many people in a hash; then it is cheaper than comparing lists. */
const many = 9

/** Rows of others: how many there are can be foreseen while the test stands by itself. */
const ofOthers = (owned: string, assigned: string, people: number): string =>
  people < many ? `${assigned} AND (${owned}) IS NOT TRUE` : `CASE WHEN ${owned} THEN false ELSE ${assigned} END`

/**
 * Who may be counted. No statement goes without it. Each half is a range of an index of its own: `owned` leaves no row
 * to look at in vain, `shared` looks at the few rows that have assignees.
 */
export const gateOf = ({ metric, scope }: Plan): Gate => {
  const { assignees, owner } = metric.from.seenBy
  const owned = `${cell(owner)} = ANY (${people})`
  if (assignees === undefined) return { owned, shared: undefined }
  const assigned = scope.people.length === 1
    ? `(${people})[1] = ANY (${cell(assignees)})`
    : `${cell(assignees)} && ${people}`
  return { owned, shared: `${cell(assignees)} <> '{}' AND ${ofOthers(owned, assigned, scope.people.length)}` }
}

const filter = ({ field, orNone, values }: Filter, places: Places): string => {
  if (field.kind === "uuids") return `${cell(field)} && ${places.uuids(values)}`
  const any = `${cell(field)} = ANY (${places.texts(values)})`
  return orNone ? `(${any} OR ${cell(field)} IS NULL)` : any
}

/** The time range of the plan; a gap between the window before and this one is left out. */
export const within = (at: string, { edges, gap, isOpen }: Plan, places: Places): ReadonlyArray<string> => {
  const first = edges[0]
  const last = edges.at(-1)
  const gapFrom = edges[gap - 1]
  const gapTo = edges[gap]
  return [
    ...(isOpen || first === undefined ? [] : [`${at} >= ${places.instant(first)}`]),
    ...(last === undefined ? [] : [`${at} < ${places.instant(last)}`]),
    ...(gapFrom !== undefined && gapTo !== undefined
      ? [`(${at} < ${places.instant(gapFrom)} OR ${at} >= ${places.instant(gapTo)})`]
      : [])
  ]
}

const conditions = (plan: Plan, places: Places): ReadonlyArray<string> => [
  ...(plan.metric.at === undefined ? [] : within(cell(plan.metric.at), plan, places)),
  ...(plan.metric.where === undefined ? [] : [predicate(plan.metric.where, plan, places)]),
  ...plan.filters.applied.map((applied) => filter(applied, places))
]

export const where = (all: ReadonlyArray<string>): string => `WHERE ${all.join("\n  AND ")}`

/** How to read the rows behind a gate that are of the organization, in time, and as the metric and the filters say. */
export const reader = (plan: Plan, places: Places) => {
  const others = conditions(plan, places)
  return (columns: ReadonlyArray<string>, gate: string): string =>
    lines(
      `SELECT ${columns.join(", ")}`,
      `FROM crm.${plan.metric.from.table} r`,
      where([`r.organization_id = ${organization}`, gate, ...others])
    )
}

/** Every row that somebody in scope sees, once. */
export const seen = (columns: ReadonlyArray<string>, plan: Plan, places: Places): string => {
  const read = reader(plan, places)
  const { owned, shared } = gateOf(plan)
  const own = read(columns, owned)
  return shared === undefined ? own : lines(own, "UNION ALL", read(columns, shared))
}

/** Which edges a moment lies between. One closed stretch or none needs no search. */
export const bucket = (at: string, { edges, isOpen }: Plan, places: Places): string | number => {
  if (edges.length < 2 || (edges.length === 2 && !isOpen)) return isOpen ? 0 : 1
  return `width_bucket(${at}, ${places.instants(edges)})`
}
