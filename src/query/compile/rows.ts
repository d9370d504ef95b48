import type { SeenBy } from "../../metrics/Population.ts"
import type { Filter } from "../Filters.ts"
import type { Plan } from "../Plan.ts"
import { cell, predicate } from "./predicate.ts"
import type { Places } from "./Statement.ts"
import { organization, people } from "./Statement.ts"

/** Who may be counted: rows that somebody in scope owns or is assigned to. No statement goes without it. */
export const gate = ({ assignees, owner }: SeenBy): string =>
  assignees === undefined
    ? `${cell(owner)} = ANY (${people})`
    : `(${cell(owner)} = ANY (${people}) OR ${cell(assignees)} && ${people})`

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

/** Everything a row of the population must be: of the organization, in scope, in time, and as the filters say. */
export const conditions = (plan: Plan, places: Places): ReadonlyArray<string> => [
  `r.organization_id = ${organization}`,
  gate(plan.metric.from.seenBy),
  ...(plan.metric.at === undefined ? [] : within(cell(plan.metric.at), plan, places)),
  ...(plan.metric.where === undefined ? [] : [predicate(plan.metric.where, plan, places)]),
  ...plan.filters.applied.map((applied) => filter(applied, places))
]

export const where = (all: ReadonlyArray<string>): string => `WHERE ${all.join("\n  AND ")}`

/** Which edges a moment lies between. One closed stretch or none needs no search. */
export const bucket = (at: string, { edges, isOpen }: Plan, places: Places): string => {
  if (edges.length < 2 || (edges.length === 2 && !isOpen)) return isOpen ? "0" : "1"
  return `width_bucket(${at}, ${places.instants(edges)})`
}
