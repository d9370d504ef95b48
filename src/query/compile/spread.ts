import type { Field } from "../../metrics/Population.ts"
import { counting, group } from "./counted.ts"
import type { Form } from "./Form.ts"
import { cell } from "./predicate.ts"
import { assigned, gateOf } from "./rows.ts"
import type { Places } from "./Statement.ts"
import { lines, organization, people } from "./Statement.ts"

type Counting = ReturnType<typeof counting>

/** Rows that can be in many groups are counted by their whole list first; the few lists are spread over the groups. */
const spread = (
  counted: string,
  { names }: Counting,
  amountOf: (name: string) => string = (name) => `c.${name}`,
  only = ""
): string =>
  lines(
    `SELECT ${[...names.keys.map((name) => `c.${name}`), "g.id", ...names.amounts.map(amountOf)].join(", ")}`,
    "FROM (",
    counted,
    ") c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g",
    only
  )

/** Tags are in no index, so the shared leads are found before they are read, all in one pass over their ids. */
export const byTag = (tags: Field, form: Form, places: Places): string => {
  const leads = counting(form, places)
  const { owned, shared } = gateOf(form)
  const found = lines(
    `FROM crm.leads r WHERE r.organization_id = ${organization} AND r.lead_id = ANY (ARRAY(`,
    "SELECT r.lead_id",
    leads.read(shared ?? "false"),
    "))"
  )
  const byList = [leads.read(owned), found].map((rows) => leads.count({ rows }, { name: "list", of: cell(tags) }))
  const name = `(SELECT t.name FROM crm.tags t WHERE t.organization_id = ${organization} AND t.tag_id = s.id)`
  return leads.summed(byList.map((counted) => spread(counted, leads)), [group, { name: "label", of: name }])
}

/** What chooses the currency is counted once a row: with its owner, else with the first of those assigned to it. */
const once = (amount: string): string =>
  `CASE WHEN (c.owner = ANY (${people})) IS NOT TRUE
    AND g.id = (SELECT min(id COLLATE "C") FROM unnest(c.list) AS id WHERE id = ANY (${people}))
    THEN c.${amount} ELSE 0 END AS ${amount}`

const choosesCurrency = (amount: string) => amount === "deals" || amount === "price"

/** Whoever is in scope has the rows that he or she owns, and those of others that he or she is assigned to. */
export const byPerson = (form: Form, places: Places): string => {
  const { assignees, owner } = form.metric.from.seenBy
  const rows = counting(form, places)
  const ofOwners = rows.count(
    { each: `unnest(${people}) AS o(id)`, rows: rows.read(`${cell(owner)} = o.id`) },
    { name: "id", of: "o.id", isConstant: true }
  )
  if (assignees === undefined) return rows.summed([ofOwners], [group])
  const lists = rows.count(
    { rows: rows.read(assigned(form)) },
    { name: "owner", of: cell(owner) },
    { name: "list", of: cell(assignees) }
  )
  const amountOf = (name: string) => choosesCurrency(name) ? once(name) : `c.${name}`
  const isTheirs = `WHERE g.id IN (SELECT unnest(${people})) AND g.id IS DISTINCT FROM c.owner`
  return rows.summed([ofOwners, spread(lists, rows, amountOf, isTheirs)], [group])
}
