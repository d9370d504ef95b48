import type { Metric } from "../../metrics/Metric.ts"
import { type AggregateRow, type Amounts, noAmounts } from "../../query/AggregateRow.ts"
import { stayWindow } from "../../query/definitions.ts"
import type { Plan } from "../../query/Plan.ts"
import { type Counting, plainRow } from "./Counting.ts"
import { ends, type InstantPart, reversals, starts } from "./stays.ts"

type Count = Parameters<Counting>[1]

type Cut = Pick<Plan, "boundaries" | "hasLowerBound" | "asOf">

const byStatus = (plan: Plan, metric: Metric, cut: Cut): Plan => ({
  ...plan,
  ...cut,
  metric,
  groupBy: "by" in metric ? { _tag: "Dimension", dimension: metric.by } : plan.groupBy,
  gapBucket: -1
})

/** `sum` is the sum of the start or end times of `stays` spells, in milliseconds. */
interface Instants extends Pick<AggregateRow, "bucket" | "group"> {
  readonly stays: bigint
  readonly sum: bigint
}

const instantsIn = (
  parts: ReadonlyArray<InstantPart>,
  plan: Plan,
  boundaries: ReadonlyArray<number>,
  count: Count
): ReadonlyArray<Instants> | undefined => {
  const found: Array<Instants> = []
  for (const [index, { metric, unit }] of parts.entries()) {
    const rows = count(byStatus(plan, metric, { boundaries, hasLowerBound: false, asOf: plan.asOf }))
    if (rows === undefined) return undefined
    for (const { bucket, denominator, group, numerator } of rows) {
      // All parts count the same spells, so only the first part adds their number.
      found.push({ bucket, group, stays: index === 0 ? denominator : 0n, sum: numerator * BigInt(unit) })
    }
  }
  return found
}

const reversedIn = (plan: Plan, from: number | null, countedTo: number, count: Count) =>
  count(byStatus(plan, reversals, {
    boundaries: from === null ? [Infinity] : [from + 1, Infinity],
    hasLowerBound: from !== null,
    asOf: countedTo
  }))

const makeSums = () => {
  const sums = new Map<string | null, Amounts>()
  const add = (group: string | null, millis: bigint, stays: bigint) => {
    const { denominator, numerator } = sums.get(group) ?? noAmounts
    sums.set(group, { numerator: numerator + millis, denominator: denominator + stays })
  }
  return { sums, add }
}

/** A spell adds the time from its start to `end`. A finished spell then subtracts the time from its finish to `end`. */
export const countTimeInStatus: Counting = (plan, count) => {
  const { countedTo, end, from } = stayWindow(plan)
  if (from !== null && end <= from) return []
  const begun = instantsIn(starts, plan, from === null ? [end, countedTo] : [from, end, countedTo], count)
  const over = instantsIn(ends, plan, from === null ? [end] : [from + 1, end], count)
  const reversed = reversedIn(plan, from, countedTo, count)
  if (begun === undefined || over === undefined || reversed === undefined) return undefined
  const { add, sums } = makeSums()
  /** A time before the window counts as the start of the window. */
  const isBefore = ({ bucket }: Instants) => from !== null && bucket === 0
  const toEnd = (instants: Instants): bigint =>
    isBefore(instants)
      ? BigInt(end - (from ?? end)) * instants.stays
      : BigInt(end) * instants.stays - instants.sum
  const atEnd = from === null ? 1 : 2
  for (const instants of begun) add(instants.group, instants.bucket === atEnd ? 0n : toEnd(instants), instants.stays)
  for (const instants of over) add(instants.group, -toEnd(instants), isBefore(instants) ? -instants.stays : 0n)
  for (const { group, numerator } of reversed) add(group, 0n, numerator)
  return [...sums].flatMap(([group, amounts]) =>
    amounts.denominator === 0n ? [] : [plainRow(plan.hasLowerBound ? 1 : 0, group, amounts)]
  )
}
