import type { Instant } from "../../domain/Calendar.ts"
import { numberFormats } from "../../domain/numberFormats.ts"
import { daysBegun, type TargetAmount } from "../../domain/targetAmounts.ts"
import type { Metric } from "../../metrics/Metric.ts"
import { divide } from "../definitions.ts"
import { isMean } from "./values.ts"

/** `from` is included, `to` is excluded. */
export type Span = Pick<TargetAmount, "from" | "to">

/** The units are of the last shown decimal, as those of a `Value` are. */
interface Part extends Omit<TargetAmount, "value"> {
  readonly units: bigint
}

const unitsOf = ({ unit }: Metric, value: number): bigint =>
  BigInt(Math.round(value * 10 ** numberFormats[unit].decimals))

/** Adds the amounts of equal spans, so that the time for the points does not grow with the number of people. */
export const partsOf = (metric: Metric, amounts: ReadonlyArray<TargetAmount>): ReadonlyArray<Part> => {
  const parts = new Map<string, Part>()
  for (const { value, ...span } of amounts) {
    const key = `${span.from} ${span.to}`
    parts.set(key, { ...span, units: unitsOf(metric, value) + (parts.get(key)?.units ?? 0n) })
  }
  return [...parts.values()]
}

const meanOf = (parts: ReadonlyArray<Part>, daysOf: (part: Part) => number): bigint | undefined => {
  let [sum, days] = [0n, 0n]
  for (const part of parts) {
    const weight = BigInt(daysOf(part))
    sum += part.units * weight
    days += weight
  }
  return days === 0n ? undefined : divide(sum, days)
}

/** Percentages and averages are not added: the total is the mean of the parts, weighted by their local days. */
export const totalOf = (metric: Metric, parts: ReadonlyArray<Part>): bigint =>
  isMean(metric)
    ? meanOf(parts, ({ days }) => days) ?? 0n
    : parts.reduce((total, { units }) => total + units, 0n)

/** Returns the mean of the parts, weighted by their local days in the span. */
export const meanIn = (zone: string, parts: ReadonlyArray<Part>, { from, to }: Span): bigint => {
  const touched = parts.filter((part) => part.from < to && from < part.to)
  return meanOf(touched, (part) => daysBegun(zone, part, to - 1) - daysBegun(zone, part, from - 1)) ?? 0n
}

/** Returns the mean of the parts, weighted by their local days that have begun. Undefined if none has begun. */
export const meanAt = (zone: string, parts: ReadonlyArray<Part>, asOf: Instant): bigint | undefined =>
  meanOf(parts, (part) => daysBegun(zone, part, asOf))

/** Returns what is due at the end of the local day of `asOf`. The sum is rounded once. */
export const dueAt = (zone: string, parts: ReadonlyArray<Part>, asOf: Instant): bigint => {
  let [whole, numerator, denominator] = [0n, 0n, 1n]
  for (const part of parts) {
    const begun = daysBegun(zone, part, asOf)
    if (begun === 0) continue
    if (begun === part.days) whole += part.units
    else {
      numerator = numerator * BigInt(part.days) + part.units * BigInt(begun) * denominator
      denominator *= BigInt(part.days)
    }
  }
  return divide(whole * denominator + numerator, denominator)
}
