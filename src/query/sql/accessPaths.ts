import type { AccessPath } from "./aggregate.ts"
import { cell } from "./measure.ts"
import { isAssigned, isAssignedToNobody, isNoMember, rowFilter } from "./rowFilter.ts"
import { lines, organization, type Params, people, type StatementShape } from "./Statement.ts"

/** This query jumps from one owner to the next in an index, without reading the rows between them. */
const ownersOf = (name: string, { metric: { from } }: StatementShape, condition: string): string => {
  const owner = cell(from.seenBy.owner)
  const first = (after: string) =>
    `SELECT ${owner} FROM crm.${from.table} r WHERE r.organization_id = ${organization}${condition}${after} ORDER BY 1 LIMIT 1`
  return lines(
    `${name}(id) AS (`,
    `(${first("")})`,
    "UNION ALL",
    `SELECT (${first(` AND ${owner} > o.id`)}) FROM ${name} o WHERE o.id IS NOT NULL`,
    ")"
  )
}

/** In a join, PostgreSQL reads an index range per person. With `= ANY`, it would search the list per row. */
export const eachPerson = `unnest(${people}) AS o(id)`

type Read = (inScope: string) => string

/** With groups, reading person by person would need a hash table for each person. */
const ownedPath = (shape: StatementShape, read: Read): AccessPath => {
  const isPersonByPerson = shape.people !== "one" && shape.groupBy._tag === "Nothing"
  return isPersonByPerson
    ? { each: eachPerson, rows: read(`${cell(shape.metric.from.seenBy.owner)} = o.id`) }
    : { rows: read(rowFilter(shape).owned) }
}

interface OfOwners {
  readonly owners: ReadonlyArray<string>
  readonly paths: ReadonlyArray<AccessPath>
}

const none: OfOwners = { owners: [], paths: [] }

/** These rows have an assignee in scope and no owner in scope. */
const sharedPaths = (shape: StatementShape, read: Read): OfOwners => {
  const { shared } = rowFilter(shape)
  const { assignees, owner } = shape.metric.from.seenBy
  if (shared === undefined || assignees === undefined) return none
  if (shape.people !== "many") return { owners: [], paths: [{ rows: read(shared) }] }
  return {
    owners: [ownersOf("owners", shape, ` AND ${cell(assignees)} <> '{}'`)],
    paths: [
      {
        each: `(SELECT id FROM owners WHERE (id = ANY (${people})) IS NOT TRUE) AS o`,
        rows: read(`${cell(owner)} = o.id AND ${isAssigned(shape)}`)
      },
      { rows: read(`${cell(owner)} IS NULL AND ${isAssigned(shape)}`) }
    ]
  }
}

/** These rows have no member as owner or assignee. */
export const nobodysPaths = (shape: StatementShape, params: Params, read: Read): OfOwners => {
  if (!shape.hasNobody) return none
  const owner = cell(shape.metric.from.seenBy.owner)
  const unassigned = isAssignedToNobody(shape, params)
  return {
    owners: [ownersOf("every_owner", shape, "")],
    paths: [
      {
        each: `(SELECT id FROM every_owner WHERE id IS NOT NULL AND ${isNoMember("id", params)}) AS o`,
        rows: read(`${owner} = o.id AND ${unassigned}`)
      },
      { rows: read(`${owner} IS NULL AND ${unassigned}`) }
    ]
  }
}

/** `owners` are the recursive queries that the paths read. */
export const withOwners = (owners: OfOwners["owners"]): string =>
  owners.length === 0 ? "" : `WITH RECURSIVE ${owners.join(", ")}`

/** No row is read by two paths. */
export const accessPaths = (shape: StatementShape, params: Params, read: Read) => {
  const [shared, nobodys] = [sharedPaths(shape, read), nobodysPaths(shape, params, read)]
  return {
    before: withOwners([...shared.owners, ...nobodys.owners]),
    owned: ownedPath(shape, read),
    shared: shared.paths,
    nobodys: nobodys.paths
  }
}
