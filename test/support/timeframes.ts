import { Result } from "effect"
import { bucketsOf, type BucketSpan } from "../../src/domain/Buckets.ts"
import { isoInstant } from "../../src/domain/Calendar.ts"
import type { LocalCalendar, Timeframe } from "../../src/domain/Timeframe.ts"
import { type InvalidWindow, type Window, windowOf } from "../../src/domain/Window.ts"

/** This day is a Friday of a leap year. */
export const friday = "2024-05-17T09:30:00.000Z"

export const utc: LocalCalendar = { timeZone: "UTC", weekStart: 1 }
export const zone = (timeZone: string): LocalCalendar => ({ timeZone, weekStart: 1 })

const found = (timeframe: Timeframe, asOf: string, calendar: LocalCalendar): Window =>
  Result.getOrThrowWith(windowOf(timeframe, calendar, Date.parse(asOf)), ({ message }) => new Error(message))

const short = (instant: number) => isoInstant(instant).replace("T00:00:00.000Z", "").replace(":00.000Z", "Z")

/** Returns the window and the previous window as `from to`. A midnight in UTC is written as a date. */
export const spans = (timeframe: Timeframe, asOf = friday, calendar = utc) => {
  const { from, previous, to } = found(timeframe, asOf, calendar)
  return {
    window: `${from === null ? "…" : short(from)} ${short(to)}`,
    previous: previous === null ? null : `${short(previous.from)} ${short(previous.to)}`
  }
}

export const bucketsIn = (timeframe: Timeframe, asOf = friday, calendar = utc): ReadonlyArray<BucketSpan> =>
  Result.getOrThrowWith(bucketsOf(found(timeframe, asOf, calendar)), ({ message }) => new Error(message))

/** Returns the first day of each bucket, with `*` if it is partial. */
export const dates = (timeframe: Timeframe, asOf = friday, calendar = utc): ReadonlyArray<string> =>
  bucketsIn(timeframe, asOf, calendar).map(({ date, isPartial }) => isPartial ? `${date}*` : date)

export const hours = (timeframe: Timeframe, asOf: string, calendar: LocalCalendar): ReadonlyArray<number> =>
  bucketsIn(timeframe, asOf, calendar).map(({ from, to }) => (to - from) / 3_600_000)

export const refusal = (timeframe: Timeframe, asOf = friday): InvalidWindow | undefined =>
  windowOf(timeframe, utc, Date.parse(asOf)).pipe(
    Result.flatMap(bucketsOf),
    Result.match({ onSuccess: () => undefined, onFailure: (fault) => fault })
  )
