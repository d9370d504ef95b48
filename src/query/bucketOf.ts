import type { Instant } from "../domain/Calendar.ts"
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
