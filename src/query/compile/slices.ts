import type { Plan } from "../Plan.ts"
import type { Slice } from "./counted.ts"
import { cell } from "./predicate.ts"
import { assigned, gateOf, isMany } from "./rows.ts"
import { lines, organization, people } from "./Statement.ts"

/** Everyone who owns a row with assignees, found by a step of the index each. */
const ownersOf = ({ metric: { from } }: Plan): string => {
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

/**
 * Every row that somebody in scope sees is in one slice. What many people own is nearly everything, so that among the
 * rows with assignees only those of owners out of scope are looked at.
 */
export const slicesOf = (plan: Plan, read: (gate: string) => string) => {
  const { owned, shared } = gateOf(plan)
  const { owner } = plan.metric.from.seenBy
  const own: Slice = { rows: read(owned) }
  if (shared === undefined) return { before: "", slices: [own] }
  if (!isMany(plan)) return { before: "", slices: [own, { rows: read(shared) }] }
  const others: Slice = {
    each: `(SELECT id FROM owners WHERE (id = ANY (${people})) IS NOT TRUE) AS o`,
    rows: read(`${cell(owner)} = o.id AND ${assigned(plan)}`)
  }
  const nobodys: Slice = { rows: read(`${cell(owner)} IS NULL AND ${assigned(plan)}`) }
  return { before: ownersOf(plan), slices: [own, others, nobodys] }
}
