import type { Dimension, Part } from "../../metrics/Metric.ts"
import { byHand } from "../handwritten.ts"
import type { Plan } from "../Plan.ts"
import { columnsOf } from "./columns.ts"
import { amounts, currencyOf, grouped, type Key, noGroup, noLabel, select } from "./grouped.ts"
import { cell, predicate } from "./predicate.ts"
import { seen } from "./rows.ts"
import { byPerson, byTag } from "./spread.ts"
import type { Places, Statement } from "./Statement.ts"
import { lines, makePlaces } from "./Statement.ts"

const group = (of: string): ReadonlyArray<Key> => [{ name: "\"group\"", of }, noLabel]

const byDimension = (dimension: Dimension, plan: Plan, places: Places): string => {
  const columns = columnsOf(plan)
  if (dimension._tag === "Person") return byPerson(plan.metric.from.seenBy, columns, plan, places)
  if (dimension.kind === "uuids") return byTag(dimension, columns, plan, places)
  return grouped(plan, places, group(cell(dimension)), seen(columns, plan, places), "::text")
}

const byPart = (parts: ReadonlyArray<Part>, plan: Plan, places: Places): string => {
  const cases = parts.map(({ key, where }) =>
    where === undefined ? "" : `  WHEN ${predicate(where, plan, places)} THEN ${places.text(key)}`
  )
  return grouped(plan, places, group(lines("CASE", ...cases, "END")), seen(columnsOf(plan), plan, places), "::text")
}

/** Two stretches of time side by side: a test a row is cheaper than finding its group. */
const compared = (plan: Plan, at: string, places: Places): string => {
  const rows = seen(columnsOf(plan), plan, places)
  const turn = places.instant(plan.edges[plan.current - 1] ?? plan.asOf)
  const stretches = [[plan.previous, `${at} < ${turn}`], [plan.current, `${at} >= ${turn}`]] as const
  const of = stretches.map(([bucket, during]) => ({ bucket, ...amounts(plan, places, [during]) }))
  const values = of.map(({ bucket }) =>
    `(${bucket}, c.rows_${bucket}, c.n_${bucket}, c.d_${bucket}, c.deals_${bucket}, c.price_${bucket})`
  )
  return lines(
    "SELECT p.bucket, c.currency, NULL::text AS \"group\", NULL::text AS label,",
    "  p.n::text AS n, p.d::text AS d, p.deals::text AS deals, p.price::text AS price",
    "FROM (",
    select(
      [currencyOf(plan)],
      of.flatMap(({ bucket, ...amounts }) =>
        Object.entries(amounts).map(([name, amount]) => `${amount} AS ${name}_${bucket}`)
      ),
      rows
    ),
    ") c",
    `CROSS JOIN LATERAL (VALUES ${values.join(", ")}) AS p(bucket, rows, n, d, deals, price)`,
    "WHERE p.rows > 0"
  )
}

const textOf = (plan: Plan, places: Places): string => {
  const { metric: { at }, split } = plan
  switch (split._tag) {
    case "Whole":
      return at !== undefined && plan.previous > 0
        ? compared(plan, cell(at), places)
        : grouped(plan, places, [...noGroup, noLabel], seen(columnsOf(plan), plan, places), "::text")
    case "By":
      return byDimension(split.dimension, plan, places)
    case "Parts":
      return byPart(split.parts, plan, places)
  }
}

/** A plan as one SQL statement that answers with tallies. */
export const compile = (plan: Plan): Statement => byHand(plan.id)?.compile(plan) ?? compileVocabulary(plan)

const compileVocabulary = (plan: Plan): Statement => {
  const places = makePlaces(plan.scope.organization.organizationId, plan.scope.people.map(({ userId }) => userId))
  const text = textOf(plan, places)
  return { text, params: places.params }
}
