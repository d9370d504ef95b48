import { Result } from "effect"
import * as Calendar from "./Calendar.ts"
import { type Bucket, buckets } from "./Timeframe.ts"
import type { InvalidWindow, Window } from "./Window.ts"

const maxBuckets = 1_000

/** One bucket of a timeseries: its first local day, and the instants of it that the window counts. */
export interface BucketSpan {
  readonly date: string
  readonly from: Calendar.Instant
  readonly to: Calendar.Instant
  /** The window or `asOf` cuts it. */
  readonly isPartial: boolean
}

const slots = (
  window: Window,
  unit: Bucket,
  first: Calendar.Day,
  from: Calendar.Instant
): Array<BucketSpan> | undefined => {
  const found: Array<BucketSpan> = []
  let day = first
  let start = Calendar.startOfDay(window.timeZone, day)
  while (start < window.countedTo) {
    const next = Calendar.step(unit, day, 1)
    const end = Calendar.startOfDay(window.timeZone, next)
    if (end > start && end > from) {
      if (found.length === maxBuckets) return undefined
      found.push({
        date: Calendar.isoDate(day),
        from: Math.max(start, from),
        to: Math.min(end, window.countedTo),
        isPartial: start < from || end > window.countedTo
      })
    }
    day = next
    start = end
  }
  return found
}

/** The buckets of a window that have begun by `asOf`; of `all_time`, the newest 1,000. */
export const bucketsOf = (window: Window): Result.Result<ReadonlyArray<BucketSpan>, InvalidWindow> => {
  const { bucket: unit, timeZone, weekStart } = window
  if (window.from === null) {
    const last = Calendar.startOf(unit, Calendar.localDay(timeZone, window.to), weekStart)
    const first = Calendar.step(unit, last, 1 - maxBuckets)
    return Result.succeed(slots(window, unit, first, Calendar.startOfDay(timeZone, first)) ?? [])
  }
  const first = Calendar.startOf(unit, Calendar.localDay(timeZone, window.from), weekStart)
  const found = slots(window, unit, first, window.from)
  if (found === undefined) return Result.fail(tooMany(unit))
  return Result.succeed(found)
}

export const tooMany = (unit: Bucket): InvalidWindow => ({
  code: "too_many_buckets",
  message:
    `By \`bucket\` ${unit} this timeframe has more than ${maxBuckets} buckets: take a coarser one, or bring \`from\` and \`to\` closer.`
})

export const coarser = (unit: Bucket): Bucket | undefined => buckets[buckets.indexOf(unit) + 1]
