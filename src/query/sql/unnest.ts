import type { Field } from "../../metrics/Table.ts"
import { ownersInTurn, slicesOf } from "./accessPaths.ts"
import { counting, group, type Slice } from "./aggregate.ts"
import { cell } from "./predicate.ts"
import { assigned } from "./rowFilter.ts"
import { lines, organization, people, type Places } from "./Statement.ts"
import type { Form } from "./StatementShape.ts"

/** Rows that can be in many groups are counted by their whole list first; the few lists are spread over the groups. */
const spread = (counted: string, { names }: ReturnType<typeof counting>): string =>
  lines(
    `SELECT ${
      [...names.keys.map((name) => `c.${name}`), "g.id", ...names.amounts.map((name) => `c.${name}`)].join(", ")
    }`,
    "FROM (",
    counted,
    ") c CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(c.list) AS id) g"
  )

/** `OFFSET 0` keeps the planner from reading the shared leads of all owners for those of a few. */
const leadsIn = ({ each, rows }: Slice): string =>
  each === undefined
    ? lines("SELECT r.lead_id", rows)
    : lines(`SELECT c.lead_id FROM ${each} CROSS JOIN LATERAL (`, "SELECT r.lead_id", rows, "OFFSET 0) c")

/** Tags are in no index, so the shared leads are found before they are read, all in one pass over their ids. */
export const byTag = (tags: Field, form: Form, places: Places): string => {
  const leads = counting(form, places)
  const { before, own, shared } = slicesOf(form, leads.read)
  const found = lines(
    `FROM crm.leads r WHERE r.organization_id = ${organization} AND r.lead_id = ANY (ARRAY(`,
    shared.map(leadsIn).join("\nUNION ALL\n"),
    "))"
  )
  const byList = [own, { rows: found }].map((slice) => leads.count(slice, { name: "list", of: cell(tags) }))
  const name = `(SELECT t.name FROM crm.tags t WHERE t.organization_id = ${organization} AND t.tag_id = s.id)`
  const spreadOut = byList.map((counted) => spread(counted, leads))
  return lines(before, leads.summed(spreadOut, [group, { name: "label", of: name }], false))
}

/** What chooses the currency is counted once a row: with its owner, else with the first of those assigned to it. */
const isFirst = (owner: Field, assignees: Field): string =>
  `(${cell(owner)} = ANY (${people})) IS NOT TRUE AND g.id = (SELECT min(id COLLATE "C") FROM unnest(${
    cell(assignees)
  }) AS id WHERE id = ANY (${people}))`

/** Most rows with assignees have one of many people, so that looking for those without one takes longer than it saves. */
const withAssignees = (assignees: Field, form: Form): string =>
  form.people === "many" ? `${cell(assignees)} <> '{}'` : assigned(form)

/** Whoever is in scope has the rows that he or she owns, and those of others that he or she is assigned to. */
export const byPerson = (form: Form, places: Places): string => {
  const { assignees, owner } = form.metric.from.seenBy
  const rows = counting(form, places)
  const ofOwners = rows.count(
    { each: ownersInTurn, rows: rows.read(`${cell(owner)} = o.id`) },
    { name: "id", of: "o.id", isConstant: true }
  )
  if (assignees === undefined) return rows.summed([ofOwners], [group], true)
  const eachAssignee = lines(
    "FROM (SELECT r.*",
    rows.read(withAssignees(assignees, form)),
    `) r CROSS JOIN LATERAL (SELECT DISTINCT id FROM unnest(${cell(assignees)}) AS id`,
    `WHERE id = ANY (${people}) AND id IS DISTINCT FROM ${cell(owner)}) g`
  )
  const ofAssignees = rows.count(
    { rows: eachAssignee, chooses: isFirst(owner, assignees) },
    { name: "id", of: "g.id" }
  )
  return rows.summed([ofOwners, ofAssignees], [group], false)
}
