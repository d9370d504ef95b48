import type { Plan } from "../Plan.ts"
import { cents, measure, over } from "./measure.ts"
import { cell } from "./predicate.ts"
import { bucket } from "./rows.ts"
import type { Places } from "./Statement.ts"
import { lines } from "./Statement.ts"

/** What rows are told apart by. A value that all of them have groups nothing. */
export interface Key {
  readonly name: string
  readonly of: string
  readonly isConstant?: boolean
}

export const noGroup: ReadonlyArray<Key> = [{ name: "\"group\"", of: "NULL::text", isConstant: true }]
export const noLabel: Key = { name: "label", of: "NULL::text", isConstant: true }

export const currencyOf = ({ metric: { dominant } }: Plan): Key =>
  dominant === undefined
    ? { name: "currency", of: "NULL::text", isConstant: true }
    : { name: "currency", of: cell(dominant.currency) }

export const bucketOf = (plan: Plan, places: Places): Key => {
  const of = bucket(plan.metric.at === undefined ? "" : cell(plan.metric.at), plan, places)
  return { name: "bucket", of: String(of), isConstant: typeof of === "number" }
}

/** The rows, and everything that a tally counts of them, that meet the conditions. */
export const amounts = (plan: Plan, places: Places, conditions: ReadonlyArray<string> = []) => {
  const { dominant, measure: of } = plan.metric
  return {
    rows: over("count(*)", conditions),
    ...measure(of, plan, places, conditions),
    deals: dominant === undefined ? "0" : over("count(*)", conditions),
    price: dominant === undefined ? "0" : cents(dominant.price, conditions)
  }
}

const named = ({ name, of }: Key) => `${of} AS ${name}`

export const select = (keys: ReadonlyArray<Key>, amounts: ReadonlyArray<string>, rows: string): string => {
  const groups = keys.flatMap(({ isConstant }, index) => isConstant === true ? [] : [index + 1])
  return lines(
    `SELECT ${keys.map(named).join(", ")},`,
    `  ${amounts.join(", ")}`,
    "FROM (",
    rows,
    ") r",
    groups.length === 0 ? "HAVING count(*) > 0" : `GROUP BY ${groups.join(", ")}`
  )
}

/** Rows counted by bucket, currency and keys. Whole numbers leave as text: no driver rounds them. */
export const grouped = (plan: Plan, places: Places, keys: ReadonlyArray<Key>, rows: string, cast = ""): string => {
  const { d, deals, n, price } = amounts(plan, places)
  return select(
    [bucketOf(plan, places), currencyOf(plan), ...keys],
    [`${n}${cast} AS n`, `${d}${cast} AS d`, `${deals}${cast} AS deals`, `${price}${cast} AS price`],
    rows
  )
}
