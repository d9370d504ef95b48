import type { Metric } from "../../metrics/Metric.ts"
import { type Amounts, noAmounts } from "../AggregateRow.ts"
import { absolute, divide } from "../rounding.ts"

/** A value as it is shown: a whole number of its smallest shown unit, or null where there is nothing to divide by. */
export type Shown = bigint | null

const decimalsOf = ({ unit }: Metric): number => {
  if (unit === "count") return 0
  return unit === "money" ? 2 : 1
}

/** A mean or a share: null without rows, never added up. */
export const isMean = ({ measure }: Metric): boolean => {
  const kind = measure._tag === "Handwritten" ? measure.as : measure._tag
  return kind === "Average" || kind === "Elapsed" || kind === "Ratio"
}

const secondsIn = { days: 86_400n, minutes: 60n, seconds: 1n }

/** How many whole parts of a tally make one of the unit. */
const partsInUnit = ({ measure, unit }: Metric): bigint => {
  if (unit === "count" || unit === "percent") return 1n
  if (unit === "money") return 100n
  return measure._tag === "Elapsed" || measure._tag === "Handwritten" ? secondsIn[unit] * 1_000n : secondsIn[unit]
}

export const shown = (metric: Metric, { d, n }: Amounts): Shown => {
  if (metric.unit === "count" && !isMean(metric)) return n
  const divisor = isMean(metric) ? d : 1n
  if (divisor === 0n) return null
  const scale = 10n ** BigInt(decimalsOf(metric)) * (metric.unit === "percent" ? 100n : 1n)
  return divide(n * scale, partsInUnit(metric) * divisor)
}

/** The nearest number there is, also of more cents than a number can count. */
const decimal = (value: bigint, decimals: number) => Number(decimals === 0 ? value : `${value}e-${decimals}`)

export const numberOf = (metric: Metric, value: Shown): number | null =>
  value === null ? null : decimal(value, decimalsOf(metric))

/** From the shown numbers, in percent with one decimal. */
export const deltaPct = (value: Shown, previous: Shown): number | null =>
  value === null || previous === null || previous === 0n
    ? null
    : decimal(divide((value - previous) * 1_000n, absolute(previous)), 1)

export const moneyOf = (cents: bigint): number => decimal(cents, 2)

/** Most often there is one only, which is its own sum. */
export const add = (tallies: Iterable<Amounts>): Amounts => {
  let sum: Amounts | undefined
  for (const next of tallies) sum = sum === undefined ? next : { n: sum.n + next.n, d: sum.d + next.d }
  return sum ?? noAmounts
}
