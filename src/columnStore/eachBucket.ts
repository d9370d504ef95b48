import type { Plan } from "../query/Plan.ts"
import type { Range } from "./Order.ts"

const firstFrom = (times: Float64Array, start: number, end: number, instant: number): number => {
  let low = start
  let high = end
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) < instant) low = middle + 1
    else high = middle
  }
  return low
}

export const eachBucket = (
  { boundaries, gapBucket, hasLowerBound }: Plan,
  times: Float64Array | undefined,
  range: Range,
  add: (start: number, end: number, bucket: number) => void
): void => {
  if (range.start === range.end) return
  if (times === undefined) return add(range.start, range.end, 0)
  const firstAt = (boundary: number, start: number) =>
    firstFrom(times, start, range.end, boundaries[boundary] ?? Infinity)
  let start = hasLowerBound ? firstAt(0, range.start) : range.start
  for (let bucket = hasLowerBound ? 1 : 0; bucket < boundaries.length && start < range.end; bucket++) {
    const end = firstAt(bucket, start)
    if (bucket !== gapBucket && end > start) add(start, end, bucket)
    start = end
  }
}
