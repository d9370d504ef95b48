import { timingOf } from "./bucketing.ts"
import { centsWhere, measure, rowsWhere } from "./measure.ts"
import { cell } from "./predicate.ts"
import { reader } from "./rowFilter.ts"
import { lines, type Places } from "./Statement.ts"
import type { Form } from "./StatementShape.ts"

interface Column {
  readonly name: string
  readonly of: string
}

/** What rows are told apart by. A value that all rows of a slice have groups nothing. */
export interface Key extends Column {
  readonly isConstant?: boolean
}

/** Rows that are counted by themselves, in one range of an index. */
export interface Slice {
  /** People `o`, one after the other; none where one question is enough. */
  readonly each?: string
  /** `FROM` what and `WHERE`. */
  readonly rows: string
  /** Where a row is in several lines: in which of them it has a say in the currency. */
  readonly chooses?: string
}

/** Of lines that have an `id`. */
export const group: Column = { name: "\"group\"", of: "s.id::text" }

const named = ({ name, of }: Column) => `${of} AS ${name}`

const currencyOf = ({ metric: { dominant } }: Form): ReadonlyArray<Key> =>
  dominant === undefined ? [] : [{ name: "currency", of: cell(dominant.currency) }]

const amountsOf = ({ metric: { dominant, measure: of } }: Form, places: Places) => {
  const { d, n } = measure(of, places)
  const measured = [{ name: "n", of: n }, ...(d === undefined ? [] : [{ name: "d", of: d }])]
  return (chooses = ""): ReadonlyArray<Column> => [
    ...measured,
    ...(dominant === undefined ? [] : [
      { name: "deals", of: rowsWhere(chooses) },
      { name: "price", of: centsWhere(chooses, dominant.price) }
    ])
  ]
}

/**
 * How to read rows behind a gate, to count a slice of them by bucket, currency and keys, and to tell what was counted.
 */
export const counting = (form: Form, places: Places) => {
  const { at } = form.metric
  const timing = timingOf(at && cell(at), form, places)
  const amounts = amountsOf(form, places)
  const first = [{ name: "bucket", of: timing.bucket, isConstant: timing.isOneBucket }, ...currencyOf(form)]

  const count = ({ chooses, each, rows }: Slice, ...by: ReadonlyArray<Key>): string => {
    const keys: ReadonlyArray<Key> = [...first, ...by]
    const columns = [...keys, ...amounts(chooses)]
    const groups = keys.flatMap(({ isConstant }, index) => isConstant === true ? [] : [index + 1])
    const counted = lines(
      `SELECT ${columns.map(named).join(", ")}`,
      rows,
      groups.length === 0 ? "HAVING count(*) > 0" : `GROUP BY ${groups.join(", ")}`
    )
    const inTurn = [timing.each, each].filter((each) => each !== undefined)
    if (inTurn.length === 0) return counted
    return lines(
      `SELECT ${columns.map(({ name }) => `c.${name}`).join(", ")}`,
      `FROM ${inTurn.join(" CROSS JOIN ")} CROSS JOIN LATERAL (`,
      counted,
      ") c"
    )
  }

  /**
   * Lines of the same bucket, currency and group added up, unless they differ already. Whole numbers leave as text: no
   * driver rounds them. What every line would say alike is not said.
   */
  const summed = (counted: ReadonlyArray<string>, by: ReadonlyArray<Column>, differ: boolean): string => {
    const keys = first.map(({ name }) => `s.${name}`)
    const sums = amounts().map(({ name }) => ({ name, of: differ ? `s.${name}::text` : `sum(s.${name})::text` }))
    return lines(
      `SELECT ${[...keys, ...[...by, ...sums].map(named)].join(", ")}`,
      "FROM (",
      counted.join("\nUNION ALL\n"),
      ") s",
      differ ? "" : `GROUP BY ${[...keys, ...(by.length === 0 ? [] : ["s.id"])].join(", ")}`
    )
  }

  return {
    read: reader(form, places, timing.during),
    count,
    summed,
    names: { keys: first.map(({ name }) => name), amounts: amounts().map(({ name }) => name) }
  }
}
