import type { Plan } from "../Plan.ts"
import { cell, centsWhere, measure, rowsWhere } from "./measure.ts"
import { fromWhere } from "./rowFilter.ts"
import { lines, type Params, type StatementShape } from "./Statement.ts"

interface Bucketing {
  readonly each: string | undefined
  readonly bucket: string
  readonly isOneBucket: boolean
  readonly during: ReadonlyArray<string>
}

export const firstBoundary = ({ asOf, boundaries }: Plan): number => boundaries[0] ?? asOf
export const lastBoundary = ({ asOf, boundaries }: Plan): number => boundaries.at(-1) ?? asOf

export const between = (at: string, { hasLowerBound }: StatementShape, params: Params): ReadonlyArray<string> => [
  ...(hasLowerBound ? [`${at} >= ${params.instant(firstBoundary)}`] : []),
  `${at} < ${params.instant(lastBoundary)}`
]

/** PostgreSQL reads one index range for the previous window, and one for the current window. */
const compared = (at: string, params: Params): Bucketing => {
  const buckets = ({ current, previous }: Plan) => [previous, current]
  const boundariesAt = (offset: number) =>
    params.instants((plan) => buckets(plan).map((bucket) => plan.boundaries[bucket + offset] ?? plan.asOf))
  return {
    each: `unnest(${params.integers(buckets)}, ${boundariesAt(-1)}, ${boundariesAt(0)}) AS b(bucket, "from", "to")`,
    bucket: "b.bucket",
    isOneBucket: true,
    during: [`${at} >= b."from"`, `${at} < b."to"`]
  }
}

export const bucketing = (at: string | undefined, shape: StatementShape, params: Params): Bucketing => {
  const one = { each: undefined, bucket: shape.hasLowerBound ? "1" : "0", isOneBucket: true }
  if (at === undefined) return { ...one, during: [] }
  if (shape.buckets === "compared") return compared(at, params)
  const during = between(at, shape, params)
  if (shape.buckets === "one") return { ...one, during }
  return {
    each: undefined,
    bucket: `width_bucket(${at}, ${params.instants(({ boundaries }) => boundaries)})`,
    isOneBucket: false,
    during
  }
}

interface OutputColumn {
  readonly name: string
  readonly expression: string
}

/** A constant key is selected, but the rows are not grouped by it. */
export interface GroupKey extends OutputColumn {
  readonly isConstant?: boolean
}

export interface AccessPath {
  readonly each?: string
  readonly rows: string
  /** This SQL is true for the group in which a row counts toward the dominant currency. */
  readonly countsCurrency?: string
}

export const group: OutputColumn = { name: "\"group\"", expression: "s.id::text" }

const named = ({ expression, name }: OutputColumn) => `${expression} AS ${name}`

const currencyOf = ({ metric: { dominant } }: StatementShape): ReadonlyArray<GroupKey> =>
  dominant === undefined ? [] : [{ name: "currency", expression: cell(dominant.currency) }]

const amountsOf = ({ metric: { dominant, measure: of } }: StatementShape, params: Params) => {
  const { denominator, numerator } = measure(of, params)
  const amounts = [
    { name: "n", expression: numerator },
    ...(denominator === undefined ? [] : [{ name: "d", expression: denominator }])
  ]
  return (countsCurrency = ""): ReadonlyArray<OutputColumn> => [
    ...amounts,
    ...(dominant === undefined ? [] : [
      { name: "deals", expression: rowsWhere(countsCurrency) },
      { name: "price", expression: centsWhere(countsCurrency, dominant.price) }
    ])
  ]
}

export const aggregate = (shape: StatementShape, params: Params) => {
  const { at } = shape.metric
  const { bucket, during, each: eachInterval, isOneBucket } = bucketing(at && cell(at), shape, params)
  const amounts = amountsOf(shape, params)
  const first = [{ name: "bucket", expression: bucket, isConstant: isOneBucket }, ...currencyOf(shape)]

  const count = ({ countsCurrency, each: eachPerson, rows }: AccessPath, ...by: ReadonlyArray<GroupKey>): string => {
    const keys: ReadonlyArray<GroupKey> = [...first, ...by]
    const columns = [...keys, ...amounts(countsCurrency)]
    const groups = keys.flatMap(({ isConstant }, index) => isConstant === true ? [] : [index + 1])
    const counted = lines(
      `SELECT ${columns.map(named).join(", ")}`,
      rows,
      groups.length === 0 ? "HAVING count(*) > 0" : `GROUP BY ${groups.join(", ")}`
    )
    const relations = [eachInterval, eachPerson].filter((relation) => relation !== undefined)
    if (relations.length === 0) return counted
    return lines(
      `SELECT ${columns.map(({ name }) => `c.${name}`).join(", ")}`,
      `FROM ${relations.join(" CROSS JOIN ")} CROSS JOIN LATERAL (`,
      counted,
      ") c"
    )
  }

  /** Sums are sent as text, so that no driver rounds them. */
  const sum = (counted: ReadonlyArray<string>, by: ReadonlyArray<OutputColumn>, areDistinct: boolean): string => {
    const keys = first.map(({ name }) => `s.${name}`)
    const sums = amounts().map(({ name }) => ({
      name,
      expression: areDistinct ? `s.${name}::text` : `sum(s.${name})::text`
    }))
    return lines(
      `SELECT ${[...keys, ...[...by, ...sums].map(named)].join(", ")}`,
      "FROM (",
      counted.join("\nUNION ALL\n"),
      ") s",
      areDistinct ? "" : `GROUP BY ${[...keys, ...(by.length === 0 ? [] : ["s.id"])].join(", ")}`
    )
  }

  return {
    read: fromWhere(shape, params, during),
    count,
    sum,
    keyNames: first.map(({ name }) => name),
    amountNames: amounts().map(({ name }) => name)
  }
}
