import type { Slice } from "./aggregate.ts"
import { cell } from "./predicate.ts"
import { assigned, gateOf } from "./rowFilter.ts"
import { lines, organization, people } from "./Statement.ts"
import type { Form } from "./StatementShape.ts"

/** Everyone who owns a row with assignees, found by a step of the index each. */
const ownersOf = ({ metric: { from } }: Form): string => {
  const { assignees, owner } = from.seenBy
  if (assignees === undefined) return ""
  const first = (after: string) =>
    `SELECT ${cell(owner)} FROM crm.${from.table} r WHERE r.organization_id = ${organization} AND ${
      cell(assignees)
    } <> '{}'${after} ORDER BY 1 LIMIT 1`
  return lines(
    `WITH RECURSIVE owners(id) AS (`,
    `(${first("")})`,
    "UNION ALL",
    `SELECT (${first(` AND ${cell(owner)} > o.id`)}) FROM owners o WHERE o.id IS NOT NULL`,
    ")"
  )
}

/** A range of an index for each person: a list of owners would be looked into at every row. */
export const ownersInTurn = `unnest(${people}) AS o(id)`

/** Person by person, and added up, unless a text tells the rows apart: then each person would cost a hash table. */
const ownOf = (form: Form, read: (gate: string) => string): Slice => {
  const isInTurn = form.people !== "one" && form.split._tag === "Whole"
  return isInTurn
    ? { each: ownersInTurn, rows: read(`${cell(form.metric.from.seenBy.owner)} = o.id`) }
    : { rows: read(gateOf(form).owned) }
}

/**
 * Every row that somebody in scope sees is in one slice: `own`, or one of those that are shared with them. What many
 * people own is nearly everything, so that among the rows with assignees only those of owners out of scope are looked at.
 */
export const slicesOf = (form: Form, read: (gate: string) => string) => {
  const { shared } = gateOf(form)
  const { owner } = form.metric.from.seenBy
  const own = ownOf(form, read)
  if (shared === undefined) return { before: "", own, shared: [] }
  if (form.people !== "many") return { before: "", own, shared: [{ rows: read(shared) }] }
  const others: Slice = {
    each: `(SELECT id FROM owners WHERE (id = ANY (${people})) IS NOT TRUE) AS o`,
    rows: read(`${cell(owner)} = o.id AND ${assigned(form)}`)
  }
  const nobodys: Slice = { rows: read(`${cell(owner)} IS NULL AND ${assigned(form)}`) }
  return { before: ownersOf(form), own, shared: [others, nobodys] }
}
