import type { Plan } from "../Plan.ts"
import { cents, measure } from "./measure.ts"
import { cell } from "./predicate.ts"
import { reader } from "./rows.ts"
import type { Places } from "./Statement.ts"
import { lines } from "./Statement.ts"
import { timingOf } from "./timing.ts"

/** What rows are told apart by. A value that all rows of a slice have groups nothing. */
export interface Key {
  readonly name: string
  readonly of: string
  readonly isConstant?: boolean
}

/** Rows that are counted by themselves, in one range of an index. */
export interface Slice {
  /** People `o`, one after the other; none where one question is enough. */
  readonly each?: string
  /** `FROM` what and `WHERE`. */
  readonly rows: string
}

export const noGroup: Key = { name: "id", of: "NULL::text", isConstant: true }

const named = ({ name, of }: { readonly name: string; readonly of: string }) => `${of} AS ${name}`

const currencyOf = ({ metric: { dominant } }: Plan): Key =>
  dominant === undefined
    ? { name: "currency", of: "NULL::text", isConstant: true }
    : { name: "currency", of: cell(dominant.currency) }

const amountsOf = (plan: Plan, places: Places) => {
  const { dominant, measure: of } = plan.metric
  const { d, n } = measure(of, plan, places)
  return [
    { name: "n", of: n },
    { name: "d", of: d },
    { name: "deals", of: dominant === undefined ? "0" : "count(*)" },
    { name: "price", of: dominant === undefined ? "0" : cents(dominant.price) }
  ]
}

/** How to read rows behind a gate, and how to count a slice of them by bucket, currency and keys. */
export const counting = (plan: Plan, places: Places) => {
  const { at } = plan.metric
  const timing = timingOf(at && cell(at), plan, places)
  const amounts = amountsOf(plan, places)
  const first = [{ name: "bucket", of: timing.bucket, isConstant: timing.isOneBucket }, currencyOf(plan)]
  const count = ({ each, rows }: Slice, ...by: ReadonlyArray<Key>): string => {
    const keys = [...first, ...by]
    const groups = keys.flatMap(({ isConstant }, index) => isConstant === true ? [] : [index + 1])
    const counted = lines(
      `SELECT ${[...keys, ...amounts].map(named).join(", ")}`,
      rows,
      groups.length === 0 ? "HAVING count(*) > 0" : `GROUP BY ${groups.join(", ")}`
    )
    const inTurn = [timing.each, each].filter((each) => each !== undefined)
    if (inTurn.length === 0) return counted
    const columns = [...keys, ...amounts].map(({ name }) => `c.${name}`)
    return lines(
      `SELECT ${columns.join(", ")}`,
      `FROM ${inTurn.join(" CROSS JOIN ")} CROSS JOIN LATERAL (`,
      counted,
      ") c"
    )
  }
  return { read: reader(plan, places, timing.during), count }
}

/** Whole numbers leave as text: no driver rounds them. */
const told = (of: (amount: string) => string, label: string, counted: string): string =>
  lines(
    `SELECT s.bucket, s.currency, s.id::text AS "group", ${label} AS label,`,
    `  ${["n", "d", "deals", "price"].map((amount) => `${of(`s.${amount}`)}::text AS ${amount}`).join(", ")}`,
    "FROM (",
    counted,
    ") s"
  )

/** Lines of the same bucket, currency and group added up; those of one slice differ already. */
export const summed = (counted: ReadonlyArray<string>, label = "NULL::text"): string =>
  counted.length === 1
    ? told((amount) => amount, label, counted.join())
    : lines(
      told((amount) => `sum(${amount})`, label, counted.join("\nUNION ALL\n")),
      "GROUP BY s.bucket, s.currency, s.id"
    )
