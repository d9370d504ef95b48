import type { Field, SeenBy } from "../../metrics/Population.ts"
import type { Plan } from "../Plan.ts"
import { grouped, type Key } from "./grouped.ts"
import { cell } from "./predicate.ts"
import { gateOf, reader } from "./rows.ts"
import type { Places } from "./Statement.ts"
import { lines, organization, people } from "./Statement.ts"

const key = (name: string, field: Field): Key => ({ name, of: cell(field) })

/** Rows that can be in many groups are counted by their whole list first; the few lists are spread over the groups. */
const spread = (counted: string, groups: string, isFirst: string): string =>
  lines(
    "SELECT c.bucket, c.currency, g.id, c.n, c.d,",
    `  CASE WHEN ${isFirst} THEN c.deals ELSE 0 END AS deals, CASE WHEN ${isFirst} THEN c.price ELSE 0 END AS price`,
    "FROM (",
    counted,
    ") c",
    `CROSS JOIN LATERAL (SELECT id, row_number() OVER (ORDER BY id::text COLLATE "C") AS place FROM (${groups}) ids) g`
  )

const summed = (counted: string, label: string): string =>
  lines(
    `SELECT s.bucket, s.currency, s.id::text AS "group", ${label} AS label,`,
    "  sum(s.n)::text AS n, sum(s.d)::text AS d, sum(s.deals)::text AS deals, sum(s.price)::text AS price",
    "FROM (",
    counted,
    ") s",
    "GROUP BY 1, 2, s.id"
  )

/** Tags are in no index, so the shared leads are found before they are read; OFFSET keeps the two steps apart. */
const tagged = (columns: ReadonlyArray<string>, plan: Plan, places: Places): string => {
  const read = reader(plan, places)
  const { owned, shared } = gateOf(plan)
  return lines(
    read(columns, owned),
    "UNION ALL",
    `SELECT ${columns.join(", ")} FROM crm.leads r WHERE r.organization_id = ${organization} AND r.lead_id IN (`,
    read(["r.lead_id"], shared ?? "false"),
    "OFFSET 0)"
  )
}

export const byTag = (tags: Field, columns: ReadonlyArray<string>, plan: Plan, places: Places): string =>
  summed(
    spread(
      grouped(plan, places, [key("list", tags)], tagged(columns, plan, places)),
      "SELECT DISTINCT id FROM unnest(c.list) AS id",
      "g.place = 1"
    ),
    `(SELECT t.name FROM crm.tags t WHERE t.organization_id = ${organization} AND t.tag_id = s.id)`
  )

/** Whoever is in scope has the rows that he or she owns, and those of others that he or she is assigned to. */
export const byPerson = (
  { assignees, owner }: SeenBy,
  columns: ReadonlyArray<string>,
  plan: Plan,
  places: Places
): string => {
  const read = reader(plan, places)
  const ofOwners = grouped(plan, places, [key("id", owner)], read([...columns, cell(owner)], gateOf(plan).owned))
  if (assignees === undefined) return summed(ofOwners, "NULL::text")
  const shared = read(
    [...columns, cell(owner), cell(assignees)],
    `${cell(assignees)} <> '{}' AND ${cell(assignees)} && ${people}`
  )
  const ofAssignees = spread(
    grouped(plan, places, [key("owner", owner), key("list", assignees)], shared),
    `SELECT DISTINCT id FROM unnest(c.list) AS id WHERE id = ANY (${people}) AND id IS DISTINCT FROM c.owner`,
    `g.place = 1 AND (c.owner = ANY (${people})) IS NOT TRUE`
  )
  return summed(lines(ofOwners, "UNION ALL", ofAssignees), "NULL::text")
}
