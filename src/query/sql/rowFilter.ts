import type { Plan } from "../Plan.ts"
import { cell, predicate } from "./predicate.ts"
import { isAmong, lines, organization, people, person, type Places } from "./Statement.ts"
import type { Form } from "./StatementShape.ts"

/** Whose rows: those that somebody in scope owns, or those of others that somebody in scope is assigned to. */
interface Gate {
  readonly owned: string
  readonly shared: string | undefined
}

/** Somebody in scope is assigned to the row, whoever owns it. */
export const assigned = ({ metric, people: count }: Form): string => {
  const { assignees } = metric.from.seenBy
  if (assignees === undefined) return "false"
  const among = count === "one"
    ? `${person} = ANY (${cell(assignees)})`
    : `${cell(assignees)} && ${people}`
  return `${cell(assignees)} <> '{}' AND ${among}`
}

/**
 * Who may be counted. No statement goes without it. Each half is a range of an index of its own: `owned` leaves no row
 * to look at in vain, `shared` looks at the few rows that have assignees.
 */
export const gateOf = (form: Form): Gate => {
  const { assignees, owner } = form.metric.from.seenBy
  const owned = isAmong(cell(owner), form)
  if (assignees === undefined) return { owned, shared: undefined }
  const inScope = form.people === "many" ? `${cell(owner)} IN (SELECT unnest(${people}))` : owned
  return { owned, shared: `${assigned(form)} AND (${inScope}) IS NOT TRUE` }
}

const filter = ({ field, hasOneValue, orNone }: Form["filters"][number], index: number, places: Places): string => {
  const values = ({ filters }: Plan) => filters.applied[index]?.values ?? []
  if (field.kind === "uuids") return `${cell(field)} && ${places.uuids(values)}`
  const among = hasOneValue
    ? `${cell(field)} = ${places.text((plan) => values(plan)[0] ?? "")}`
    : `${cell(field)} = ANY (${places.texts(values)})`
  return orNone ? `(${among} OR ${cell(field)} IS NULL)` : among
}

export const where = (all: ReadonlyArray<string>): string => `WHERE ${all.join("\n  AND ")}`

/**
 * How to read the rows behind a gate that are of the organization, in time, and as the metric and the filters say. Of
 * tests that cost the same the planner does the first one first, and the gate's takes the longest.
 */
export const reader = (form: Form, places: Places, during: ReadonlyArray<string>) => {
  const { from, where: only } = form.metric
  const others = [
    ...during,
    ...(only === undefined ? [] : [predicate(only, places)]),
    ...form.filters.map((applied, index) => filter(applied, index, places))
  ]
  return (gate: string): string =>
    lines(`FROM crm.${from.table} r`, where([`r.organization_id = ${organization}`, ...others, gate]))
}
