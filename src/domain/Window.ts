import { Result } from "effect"
import * as Calendar from "./Calendar.ts"
import { aheadPresets, type Bucket, buckets, type LocalCalendar, presets, type Timeframe } from "./Timeframe.ts"

interface Interval {
  readonly from: Calendar.Instant
  readonly to: Calendar.Instant
}

export interface Window extends LocalCalendar {
  /** Null for `all_time`. */
  readonly from: Calendar.Instant | null
  readonly to: Calendar.Instant
  /** Only rows before this instant count, even if `to` is later. This instant is at most a millisecond after `asOf`. */
  readonly countedTo: Calendar.Instant
  readonly bucket: Bucket
  readonly previous: Interval | null
  /** Present if rows after `asOf` count, such as expected closes. */
  readonly ahead?: Ahead
}

interface Ahead {
  readonly asOf: Calendar.Instant
  /** The start of the day of `asOf` in the organization's time zone. No row before it counts. */
  readonly today: Calendar.Instant
}

export interface InvalidWindow {
  readonly code: "invalid_timeframe" | "too_many_buckets"
  readonly message: string
}

const invalid = (message: string): Result.Result<never, InvalidWindow> =>
  Result.fail({ code: "invalid_timeframe", message })

/** The previous span is from `before` to `from`. */
interface Span {
  readonly from: Calendar.Day
  readonly to: Calendar.Day
  readonly before: Calendar.Day
}

const unitSpan = (unit: Bucket, today: Calendar.Day, weekStart: number, ago: number): Span => {
  const from = Calendar.step(unit, Calendar.startOf(unit, today, weekStart), -ago)
  return { from, to: Calendar.step(unit, from, 1), before: Calendar.step(unit, from, -1) }
}

const daysSpan = (today: Calendar.Day, days: number): Span => ({
  from: today - days + 1,
  to: today + 1,
  before: today - 2 * days + 1
})

const presetSpan = (
  preset: Exclude<typeof presets[number], "all_time" | "custom">,
  today: Calendar.Day,
  weekStart: number
): Span => {
  switch (preset) {
    case "today":
      return daysSpan(today, 1)
    case "yesterday":
      return daysSpan(today - 1, 1)
    case "last_7d":
      return daysSpan(today, 7)
    case "last_30d":
      return daysSpan(today, 30)
    case "last_90d":
      return daysSpan(today, 90)
    case "last_12m": {
      const month = Calendar.startOf("month", today, weekStart)
      return {
        from: Calendar.addMonths(month, -11),
        to: Calendar.addMonths(month, 1),
        before: Calendar.addMonths(month, -23)
      }
    }
    case "this_week":
      return unitSpan("week", today, weekStart, 0)
    case "last_week":
      return unitSpan("week", today, weekStart, 1)
    case "this_month":
      return unitSpan("month", today, weekStart, 0)
    case "last_month":
      return unitSpan("month", today, weekStart, 1)
    case "this_quarter":
      return unitSpan("quarter", today, weekStart, 0)
    case "last_quarter":
      return unitSpan("quarter", today, weekStart, 1)
    case "this_year":
      return unitSpan("year", today, weekStart, 0)
    case "last_year":
      return unitSpan("year", today, weekStart, 1)
    case "next_month":
      return unitSpan("month", today, weekStart, -1)
    case "next_quarter":
      return unitSpan("quarter", today, weekStart, -1)
    case "next_90d":
      return { from: today, to: today + 90, before: today - 90 }
  }
}

interface Edge {
  readonly day: Calendar.Day | undefined
  readonly instantOf: (zone: string, daysLater: number) => Calendar.Instant
}

const edge = (field: "from" | "to", text: string | undefined): Result.Result<Edge, string> => {
  if (text === undefined) return Result.fail(`A custom timeframe needs \`${field}\`.`)
  const day = Calendar.parseDate(text)
  if (day !== undefined) {
    return Result.succeed({ day, instantOf: (zone, daysLater) => Calendar.startOfDay(zone, day + daysLater) })
  }
  const instant = Calendar.parseInstant(text)
  if (instant !== undefined) return Result.succeed({ day: undefined, instantOf: () => instant })
  return Result.fail(
    `\`${field}\` is neither a date of the calendar (2024-06-30) nor an instant with a zone (2024-06-30T12:00:00Z), in the years 0001 to 9998.`
  )
}

const customInterval = (
  timeframe: Timeframe,
  timeZone: string
): Result.Result<Interval & { readonly before: Calendar.Instant }, string> => {
  const from = edge("from", timeframe.from)
  if (Result.isFailure(from)) return Result.fail(from.failure)
  const to = edge("to", timeframe.to)
  if (Result.isFailure(to)) return Result.fail(to.failure)
  const first = from.success.day
  const last = to.success.day
  if (first !== undefined && last !== undefined && first > last) return Result.fail("`from` is after `to`.")
  const start = from.success.instantOf(timeZone, 0)
  const end = to.success.instantOf(timeZone, 1)
  if (end < start) return Result.fail("`from` is after `to`.")
  if (end === start) return Result.fail("The timeframe is empty: `from` and `to` leave no time between them.")
  const before = first === undefined || last === undefined
    ? start - (end - start)
    : Calendar.startOfDay(timeZone, Math.max(Calendar.firstDay, 2 * first - last - 1))
  const earliest = Calendar.startOfDay(timeZone, Calendar.firstDay)
  return Result.succeed({ from: start, to: end, before: Math.min(start, Math.max(earliest, before)) })
}

const unknownZone = (which: string) =>
  invalid(`${which} is not the exact name of an IANA time zone, such as Europe/Madrid.`)

/** The start of the day of `asOf` in the organization's time zone. */
export const todayOf = (
  { timeZone }: LocalCalendar,
  asOf: Calendar.Instant
): Result.Result<Calendar.Instant, InvalidWindow> =>
  Calendar.isZone(timeZone)
    ? Result.succeed(Calendar.startOfDay(timeZone, Calendar.localDay(timeZone, asOf)))
    : unknownZone("The organization's time zone")

/** If the window is not over, the previous window is cut to the same length of time. Without `today`, no row after `asOf` counts. */
export const windowOf = (
  timeframe: Timeframe,
  organization: LocalCalendar,
  asOf: Calendar.Instant,
  today?: Calendar.Instant
): Result.Result<Window, InvalidWindow> => {
  const preset = presets.find((name) => name === timeframe.preset)
  if (preset === undefined) return invalid(`\`preset\` is not one of ${presets.join(", ")}.`)
  if (today === undefined && aheadPresets.has(preset)) {
    return invalid(`\`preset\`: ${preset} is only for metrics of expected times.`)
  }
  const bucket = buckets.find((name) => name === (timeframe.bucket ?? "day"))
  if (bucket === undefined) return invalid(`\`bucket\` is not one of ${buckets.join(", ")}.`)
  const { timeZone = organization.timeZone, weekStart = organization.weekStart } = timeframe
  if (!Calendar.isZone(timeZone)) {
    const which = timeframe.timeZone === undefined ? "The organization's time zone" : "`timeZone`"
    return unknownZone(which)
  }
  if (!Number.isInteger(weekStart) || weekStart < 1 || weekStart > 7) {
    return invalid("`weekStart` is not a whole number from 1 (Monday) to 7 (Sunday).")
  }
  const local = { timeZone, weekStart, bucket, ...(today !== undefined && { ahead: { asOf, today } }) }
  if (preset === "all_time") {
    const end = Calendar.startOfDay(timeZone, Calendar.endOfDays)
    if (today !== undefined) return Result.succeed({ ...local, from: null, to: end, countedTo: end, previous: null })
    return Result.succeed({ ...local, from: null, to: asOf, countedTo: asOf + 1, previous: null })
  }
  const interval = preset === "custom"
    ? customInterval(timeframe, timeZone)
    : Result.succeed(instantsOf(presetSpan(preset, Calendar.localDay(timeZone, asOf), weekStart), timeZone))
  if (Result.isFailure(interval)) return invalid(interval.failure)
  const { before, from, to } = interval.success
  if (today !== undefined) return Result.succeed({ ...local, from, to, countedTo: to, previous: null })
  const countedTo = Math.min(to, asOf + 1)
  const previousTo = countedTo === to ? from : Math.min(from, before + Math.max(0, countedTo - from))
  return Result.succeed({ ...local, from, to, countedTo, previous: { from: before, to: previousTo } })
}

const instantsOf = (span: Span, timeZone: string) => ({
  from: Calendar.startOfDay(timeZone, span.from),
  to: Calendar.startOfDay(timeZone, span.to),
  before: Calendar.startOfDay(timeZone, span.before)
})
