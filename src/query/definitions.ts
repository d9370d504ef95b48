import type { Instant } from "../domain/Calendar.ts"
import type { Scope } from "../domain/Scope.ts"
import type { Field } from "../metrics/Table.ts"
import type { Plan } from "./Plan.ts"

export const partitionPoint = (start: number, end: number, isBefore: (index: number) => boolean): number => {
  let low = start
  let high = end
  while (low < high) {
    const middle = (low + high) >> 1
    if (isBefore(middle)) low = middle + 1
    else high = middle
  }
  return low
}

export const bucketOf = (instant: Instant, { boundaries, gapBucket, hasLowerBound }: Plan): number | undefined => {
  const bucket = partitionPoint(0, boundaries.length, (index) => (boundaries[index] ?? Infinity) <= instant)
  const isAfter = bucket === boundaries.length
  const isBefore = bucket === 0 && hasLowerBound
  return isAfter || isBefore || bucket === gapBucket ? undefined : bucket
}

export const absolute = (value: bigint) => value < 0n ? -value : value

/** Rounds half away from zero. */
export const divide = (value: bigint, by: bigint): bigint => {
  const rounded = (2n * absolute(value) + absolute(by)) / (2n * absolute(by))
  return (value < 0n) === (by < 0n) ? rounded : -rounded
}

/** Percentages are in ten-thousandths of a percent. */
const wholePercent = 1_000_000n

interface Terms {
  readonly mode: string | null
  readonly percent: bigint | null
  readonly amount: bigint | null
}

export const shareOf = (whole: bigint, { amount, mode, percent }: Terms): bigint => {
  const share = divide(whole * (percent ?? 0n), wholePercent)
  if (mode === "percent") return share
  if (mode === "fixed") return amount ?? 0n
  return amount ?? share
}

/** The fields of the plan that are of the lead behind a row. */
export const leadFieldsOf = ({ filters, groupBy }: Pick<Plan, "filters" | "groupBy">): ReadonlyArray<Field> =>
  [
    ...filters.applied.map(({ field }) => field),
    ...(groupBy._tag === "Dimension" && groupBy.dimension._tag === "Field" ? [groupBy.dimension] : [])
  ].filter(({ ofLead }) => ofLead !== undefined)

/** The leads of this scope are seen. The records of one person's point have a smaller scope than the run. */
export const leadScopeOf = ({ leadScope, scope }: Plan): Scope => leadScope ?? scope

/** A spell counts if it begins before `countedTo` and ends after `from`. Its time after `end` is left out. */
export const stayWindow = ({ asOf, window }: Plan) => ({
  from: window?.from ?? null,
  countedTo: window?.countedTo ?? asOf + 1,
  end: Math.min(asOf, window?.to ?? asOf)
})

export const daysToReply = 14
export const millisToReply = daysToReply * 86_400_000
