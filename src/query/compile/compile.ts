import type { Dimension } from "../../metrics/Metric.ts"
import type { SeenBy } from "../../metrics/Population.ts"
import { byHand } from "../handwritten.ts"
import type { Plan, Split } from "../Plan.ts"
import { cents, measure } from "./measure.ts"
import { cell, predicate } from "./predicate.ts"
import { bucket, conditions, where } from "./rows.ts"
import type { Places, Statement } from "./Statement.ts"
import { lines, makePlaces, organization, people } from "./Statement.ts"

/**
 * A split whose rows can be in many groups is counted by the whole list first, and the few lists are spread over their
 * groups afterwards.
 */
interface Spread {
  readonly list: ReadonlyArray<string>
  readonly groups: string
  readonly label: string
}

const personSpread = ({ assignees, owner }: SeenBy): Spread | string =>
  assignees === undefined ? cell(owner) : {
    list: [cell(owner), cell(assignees)],
    groups: `SELECT DISTINCT id FROM unnest(c.list_2 || c.list_1) AS id WHERE id = ANY (${people})`,
    label: "NULL::text"
  }

const spreadOf = (dimension: Dimension, seenBy: SeenBy): Spread | string => {
  if (dimension._tag === "Person") return personSpread(seenBy)
  if (dimension.kind === "text") return cell(dimension)
  return {
    list: [cell(dimension)],
    groups: "SELECT DISTINCT id FROM unnest(c.list_1) AS id",
    label: `(SELECT t.name FROM crm.tags t WHERE t.organization_id = ${organization} AND t.tag_id = g.id)`
  }
}

const groupOf = (split: Split, plan: Plan, places: Places): Spread | string => {
  switch (split._tag) {
    case "Whole":
      return "NULL::text"
    case "By":
      return spreadOf(split.dimension, plan.metric.from.seenBy)
    case "Parts":
      return lines(
        "CASE",
        ...split.parts.map(({ key, where }) =>
          where === undefined ? "" : `  WHEN ${predicate(where, plan, places)} THEN ${places.text(key)}`
        ),
        "END"
      )
  }
}

const columns = (plan: Plan, places: Places) => {
  const { d, n } = measure(plan.metric.measure, plan, places)
  const { dominant } = plan.metric
  return dominant === undefined
    ? { currency: "NULL::text", n, d, deals: "0", price: "0" }
    : { currency: cell(dominant.currency), n, d, deals: "count(*)", price: cents(dominant.price) }
}

/** Whole numbers leave as text: no driver rounds them. */
const counted = (plan: Plan, places: Places, keys: ReadonlyArray<string>, cast = ""): string => {
  const { currency, d, deals, n, price } = columns(plan, places)
  const at = plan.metric.at === undefined ? "" : cell(plan.metric.at)
  return lines(
    `SELECT ${bucket(at, plan, places)} AS bucket, ${currency} AS currency, ${keys.join(", ")},`,
    `  ${n}${cast} AS n, ${d}${cast} AS d, ${deals}${cast} AS deals, ${price}${cast} AS price`,
    `FROM crm.${plan.metric.from.table} r`,
    where(conditions(plan, places)),
    `GROUP BY ${[1, 2, ...keys.map((_, index) => index + 3)].join(", ")}`
  )
}

const spread = (plan: Plan, places: Places, { groups, label, list }: Spread): string =>
  lines(
    `SELECT c.bucket, c.currency, g.id::text AS "group", ${label} AS label,`,
    "  sum(c.n)::text AS n, sum(c.d)::text AS d,",
    "  sum(CASE g.place WHEN 1 THEN c.deals ELSE 0 END)::text AS deals,",
    "  sum(CASE g.place WHEN 1 THEN c.price ELSE 0 END)::text AS price",
    "FROM (",
    counted(plan, places, list.map((column, index) => `${column} AS list_${index + 1}`)),
    ") c",
    `CROSS JOIN LATERAL (SELECT id, row_number() OVER (ORDER BY id::text COLLATE "C") AS place FROM (${groups}) ids) g`,
    "GROUP BY 1, 2, g.id"
  )

/** A plan as one SQL statement that answers with tallies. */
export const compile = (plan: Plan): Statement => byHand(plan.id)?.compile(plan) ?? compileVocabulary(plan)

const compileVocabulary = (plan: Plan): Statement => {
  const places = makePlaces(plan.scope.organization.organizationId, plan.scope.people.map(({ userId }) => userId))
  const group = groupOf(plan.split, plan, places)
  const text = typeof group === "string"
    ? counted(plan, places, [`${group} AS "group"`, "NULL::text AS label"], "::text")
    : spread(plan, places, group)
  return { text, params: places.params }
}
