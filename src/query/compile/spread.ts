import type { Field } from "../../metrics/Population.ts"
import type { Plan } from "../Plan.ts"
import { counting, summed } from "./counted.ts"
import { cell } from "./predicate.ts"
import { assigned, gateOf } from "./rows.ts"
import type { Places } from "./Statement.ts"
import { lines, organization, people } from "./Statement.ts"

/** Rows that can be in many groups are counted by their whole list first; the few lists are spread over the groups. */
const spread = (counted: string, deals: string, price: string, only = ""): string =>
  lines(
    `SELECT c.bucket, c.currency, g.id, c.n, c.d, ${deals}, ${price}`,
    "FROM (",
    counted,
    ") c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g",
    only
  )

/** Tags are in no index, so the shared leads are found before they are read; OFFSET keeps the two steps apart. */
export const byTag = (tags: Field, plan: Plan, places: Places): string => {
  const { count, read } = counting(plan, places)
  const { owned, shared } = gateOf(plan)
  const found = lines(
    `FROM crm.leads r WHERE r.organization_id = ${organization} AND r.lead_id IN (`,
    "SELECT r.lead_id",
    read(shared ?? "false"),
    "OFFSET 0)"
  )
  const byList = [read(owned), found].map((rows) => count({ rows }, { name: "list", of: cell(tags) }))
  return summed(
    byList.map((counted) => spread(counted, "c.deals", "c.price")),
    `(SELECT t.name FROM crm.tags t WHERE t.organization_id = ${organization} AND t.tag_id = s.id)`
  )
}

/** What chooses the currency is counted once a row: with its owner, else with the first of those assigned to it. */
const once = (amount: string): string =>
  `CASE WHEN (c.owner = ANY (${people})) IS NOT TRUE
    AND g.id = (SELECT min(id COLLATE "C") FROM unnest(c.list) AS id WHERE id = ANY (${people}))
    THEN c.${amount} ELSE 0 END AS ${amount}`

/** Whoever is in scope has the rows that he or she owns, and those of others that he or she is assigned to. */
export const byPerson = (plan: Plan, places: Places): string => {
  const { dominant, from } = plan.metric
  const { assignees, owner } = from.seenBy
  const { count, read } = counting(plan, places)
  const ofOwners = count(
    { each: `unnest(${people}) AS o(id)`, rows: read(`${cell(owner)} = o.id`) },
    { name: "id", of: "o.id", isConstant: true }
  )
  if (assignees === undefined) return summed([ofOwners])
  const lists = count(
    { rows: read(assigned(plan)) },
    { name: "owner", of: cell(owner) },
    { name: "list", of: cell(assignees) }
  )
  const [deals, price] = dominant === undefined ? ["c.deals", "c.price"] : [once("deals"), once("price")]
  const isTheirs = `WHERE g.id IN (SELECT unnest(${people})) AND g.id IS DISTINCT FROM c.owner`
  return summed([ofOwners, spread(lists, deals, price, isTheirs)])
}
