import { numberFormats } from "../../domain/numberFormats.ts"
import type { Metric } from "../../metrics/Metric.ts"
import { type AggregateRow, type Amounts, noAmounts } from "../AggregateRow.ts"
import { absolute, divide } from "../definitions.ts"

/** A value is in units of the last shown decimal. It is null if its divisor is 0. */
export type Value = bigint | null

const decimalsOf = ({ unit }: Metric): number => numberFormats[unit].decimals

/** A mean is null if there are no rows. Means cannot be added up. */
export const isMean = ({ measure }: Metric): boolean => {
  const kind = measure._tag === "Handwritten" ? measure.as : measure._tag
  return kind === "Average" || kind === "Elapsed" || kind === "Ratio"
}

const secondsIn = { days: 86_400n, minutes: 60n, seconds: 1n }

const partsInUnit = ({ measure, unit }: Metric): bigint => {
  if (unit === "count" || unit === "percent") return 1n
  if (unit === "money") return 100n
  return measure._tag === "Elapsed" || measure._tag === "Handwritten" ? secondsIn[unit] * 1_000n : secondsIn[unit]
}

export const valueOf = (metric: Metric, { denominator, numerator }: Amounts): Value => {
  if (metric.unit === "count" && !isMean(metric)) return numerator
  const divisor = isMean(metric) ? denominator : 1n
  if (divisor === 0n) return null
  const scale = 10n ** BigInt(decimalsOf(metric)) * (metric.unit === "percent" ? 100n : 1n)
  return divide(numerator * scale, partsInUnit(metric) * divisor)
}

export const toNumber = (value: bigint, decimals: number) => Number(decimals === 0 ? value : `${value}e-${decimals}`)

export const numberOf = (metric: Metric, value: Value): number | null =>
  value === null ? null : toNumber(value, decimalsOf(metric))

/** Returns null if `whole` is null or 0. */
export const percentOf = (part: Value, whole: Value): number | null =>
  part === null || whole === null || whole === 0n ? null : toNumber(divide(part * 1_000n, whole), 1)

export const deltaPct = (value: Value, previous: Value): number | null =>
  value === null || previous === null ? null : percentOf(value - previous, absolute(previous))

/** The number of the window before, and the change from it. */
export const changeFrom = (metric: Metric, value: Value, previous: Value) => ({
  previous: numberOf(metric, previous),
  deltaPct: deltaPct(value, previous)
})

export const moneyOf = (cents: bigint): number => toNumber(cents, 2)

const added = (a: Amounts, b: Amounts): Amounts => ({
  numerator: a.numerator + b.numerator,
  denominator: a.denominator + b.denominator
})

export const sumOf = (rows: ReadonlyArray<Amounts>): Amounts => rows.reduce(added, noAmounts)

/** Returns the sum of each bucket that has rows. */
export const sumsByBucket = (rows: ReadonlyArray<AggregateRow>): ReadonlyMap<number, Amounts> => {
  const sums = new Map<number, Amounts>()
  for (const row of rows) {
    const sum = sums.get(row.bucket)
    sums.set(row.bucket, sum === undefined ? row : added(sum, row))
  }
  return sums
}

export const decimalText = (value: bigint, decimals: number): string => {
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, "0")
  const sign = value < 0n ? "-" : ""
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

export const amountUnit = ({ unit }: Metric): "count" | "money" | "seconds" => {
  switch (unit) {
    case "count":
    case "percent":
      return "count"
    case "money":
      return "money"
    case "days":
    case "minutes":
    case "seconds":
      return "seconds"
  }
}

const amountDecimals = (metric: Metric): number => {
  switch (amountUnit(metric)) {
    case "count":
      return 0
    case "money":
      return 2
    case "seconds":
      return metric.measure._tag === "Elapsed" || metric.measure._tag === "Handwritten" ? 3 : 0
  }
}

export const amountText = (metric: Metric, { denominator, numerator }: Amounts) => ({
  n: decimalText(numerator, amountDecimals(metric)),
  d: isMean(metric) ? String(denominator) : null
})
