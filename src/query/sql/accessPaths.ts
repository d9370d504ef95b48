import type { AccessPath } from "./aggregate.ts"
import { cell } from "./measure.ts"
import { isAssigned, rowFilter } from "./rowFilter.ts"
import { lines, organization, people, type StatementShape } from "./Statement.ts"

/** This query jumps from one owner to the next in an index, without reading the rows between them. */
const ownersOf = ({ metric: { from } }: StatementShape): string => {
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

/** In a join, PostgreSQL reads an index range per person. With `= ANY`, it would search the list per row. */
export const eachPerson = `unnest(${people}) AS o(id)`

/** With groups, reading person by person would need a hash table for each person. */
const ownedPath = (shape: StatementShape, read: (inScope: string) => string): AccessPath => {
  const isPersonByPerson = shape.people !== "one" && shape.groupBy._tag === "Nothing"
  return isPersonByPerson
    ? { each: eachPerson, rows: read(`${cell(shape.metric.from.seenBy.owner)} = o.id`) }
    : { rows: read(rowFilter(shape).owned) }
}

/** No row is read by two paths: `shared` reads rows with an assignee in scope and no owner in scope. */
export const accessPaths = (shape: StatementShape, read: (inScope: string) => string) => {
  const { shared } = rowFilter(shape)
  const { owner } = shape.metric.from.seenBy
  const owned = ownedPath(shape, read)
  if (shared === undefined) return { before: "", owned, shared: [] }
  if (shape.people !== "many") return { before: "", owned, shared: [{ rows: read(shared) }] }
  const ownedByOthers: AccessPath = {
    each: `(SELECT id FROM owners WHERE (id = ANY (${people})) IS NOT TRUE) AS o`,
    rows: read(`${cell(owner)} = o.id AND ${isAssigned(shape)}`)
  }
  const unowned: AccessPath = { rows: read(`${cell(owner)} IS NULL AND ${isAssigned(shape)}`) }
  return { before: ownersOf(shape), owned, shared: [ownedByOthers, unowned] }
}
