import { Result } from "effect"
import * as Calendar from "./Calendar.ts"
import { type Bucket, buckets } from "./Timeframe.ts"
import type { InvalidWindow, Window } from "./Window.ts"

export const maxBuckets = 1_000

export interface BucketSpan {
  readonly date: string
  readonly from: Calendar.Instant
  readonly to: Calendar.Instant
  /** A bucket is partial if the window starts or ends inside it, or if `asOf` is inside it. */
  readonly isPartial: boolean
}

export interface Maturing {
  readonly asOf: Calendar.Instant
  /** In days. Undefined if rows are complete at their own time. */
  readonly within?: number | undefined
}

const dayMillis = 86_400_000

/** A bucket is also partial while its last row still has time left. */
export const matured = (spans: ReadonlyArray<BucketSpan>, { asOf, within }: Maturing): ReadonlyArray<BucketSpan> =>
  within === undefined
    ? spans
    : spans.map((span) => ({ ...span, isPartial: span.isPartial || span.to + within * dayMillis > asOf }))

const isNow = ({ ahead }: Window, start: Calendar.Instant, end: Calendar.Instant): boolean =>
  ahead !== undefined && start <= ahead.asOf && ahead.asOf < end

const spansFrom = (
  window: Window,
  unit: Bucket,
  first: Calendar.Day,
  from: Calendar.Instant
): Array<BucketSpan> | undefined => {
  const spans: Array<BucketSpan> = []
  let day = first
  let start = Calendar.startOfDay(window.timeZone, day)
  while (start < window.countedTo) {
    const next = Calendar.step(unit, day, 1)
    const end = Calendar.startOfDay(window.timeZone, next)
    if (end > start && end > from && window.countedTo > from) {
      if (spans.length === maxBuckets) return undefined
      spans.push({
        date: Calendar.isoDate(day),
        from: Math.max(start, from),
        to: Math.min(end, window.countedTo),
        isPartial: start < from || end > window.countedTo || isNow(window, start, end)
      })
    }
    day = next
    start = end
  }
  return spans
}

/** For `all_time`, only the newest 1,000 buckets are returned. For a window ahead, these are the next 1,000. */
export const bucketsOf = (window: Window): Result.Result<ReadonlyArray<BucketSpan>, InvalidWindow> => {
  const { ahead, bucket: unit, timeZone, weekStart } = window
  if (window.from === null && ahead !== undefined) {
    const first = Calendar.startOf(unit, Calendar.localDay(timeZone, ahead.today), weekStart)
    const start = Calendar.startOfDay(timeZone, first)
    const end = Calendar.startOfDay(timeZone, Calendar.step(unit, first, maxBuckets))
    return Result.succeed(
      spansFrom({ ...window, countedTo: Math.min(window.countedTo, end) }, unit, first, start) ?? []
    )
  }
  if (window.from === null) {
    const last = Calendar.startOf(unit, Calendar.localDay(timeZone, window.to), weekStart)
    const first = Calendar.step(unit, last, 1 - maxBuckets)
    return Result.succeed(spansFrom(window, unit, first, Calendar.startOfDay(timeZone, first)) ?? [])
  }
  const first = Calendar.startOf(unit, Calendar.localDay(timeZone, window.from), weekStart)
  const spans = spansFrom(window, unit, first, window.from)
  return spans === undefined ? Result.fail(tooMany(unit)) : Result.succeed(spans)
}

export const tooMany = (unit: Bucket): InvalidWindow => ({
  code: "too_many_buckets",
  message:
    `This timeframe has more than ${maxBuckets} buckets by \`bucket\` ${unit}: use a coarser one, or move \`from\` and \`to\` closer together.`
})

export const coarser = (unit: Bucket): Bucket | undefined => buckets[buckets.indexOf(unit) + 1]
