import { memoize } from "effect/Function"
import * as Calendar from "./Calendar.ts"
import type { Target, TargetPeriod } from "./Target.ts"
import type { Window } from "./Window.ts"

const millisADay = 86_400_000

/** `from` is included, `to` is excluded. `days` is the number of local days. */
export interface TargetAmount {
  readonly value: number
  readonly from: Calendar.Instant
  readonly to: Calendar.Instant
  readonly days: number
}

/** Counts the local days between two starts of days. A clock change or a skipped day does not change the result. */
export const daysBetween = (from: Calendar.Instant, to: Calendar.Instant): number =>
  Math.max(0, Math.round((to - from) / millisADay))

/** The local day that holds `asOf` has begun. */
export const daysBegun = (
  zone: string,
  { from, to }: Pick<TargetAmount, "from" | "to">,
  asOf: Calendar.Instant
): number =>
  asOf < from ? 0 : daysBetween(from, Math.min(to, Calendar.startOfDay(zone, Calendar.localDay(zone, asOf) + 1)))

/** Returns undefined if the instant is not the start of a period. */
const startOfPeriod = (period: TargetPeriod, { timeZone, weekStart }: Window, instant: Calendar.Instant) => {
  const day = Calendar.localDay(timeZone, instant)
  return Calendar.startOf(period, day, weekStart) === day && Calendar.startOfDay(timeZone, day) === instant
    ? day
    : undefined
}

const spanOf = (period: TargetPeriod, window: Window) => {
  if (window.from === null) return undefined
  const from = startOfPeriod(period, window, window.from)
  const to = startOfPeriod(period, window, window.to)
  return from === undefined || to === undefined ? undefined : { from, to }
}

/** Each quarter and each year has whole months. */
export const hasWholePeriods = (window: Window): boolean => spanOf("month", window) !== undefined

const keyOf = (period: TargetPeriod, day: Calendar.Day): string => {
  const [year = "", month = ""] = Calendar.isoDate(day).split("-")
  if (period === "month") return `${year}-${month}`
  return period === "quarter" ? `${year}-Q${Math.ceil(Number(month) / 3)}` : year
}

interface Period {
  readonly key: string
  readonly day: Calendar.Day
  readonly next: Calendar.Day
  readonly timeZone: string
}

const isInKeys = (key: string): boolean => key.startsWith("20")

/** The keys of values are from 2000 to 2099, so no target has values for a window that goes beyond. */
const periodsOf = (period: TargetPeriod, window: Window): ReadonlyArray<Period> | null => {
  const span = spanOf(period, window)
  if (span === undefined || ![span.from, span.to - 1].every((day) => isInKeys(keyOf(period, day)))) return null
  const { timeZone } = window
  const periods: Array<Period> = []
  for (let day = span.from; day < span.to;) {
    const next = Calendar.step(period, day, 1)
    periods.push({ key: keyOf(period, day), day, next, timeZone })
    day = next
  }
  return periods
}

/** The periods of a window are found once, however many people have targets. */
const periodsIn = {
  month: memoize((window: Window) => periodsOf("month", window)),
  quarter: memoize((window: Window) => periodsOf("quarter", window)),
  year: memoize((window: Window) => periodsOf("year", window))
}

/** The start of a day takes long to find, so only periods with a value have instants. */
const instantsOf = memoize(({ day, next, timeZone }: Period): Omit<TargetAmount, "value"> => {
  const [from, to] = [Calendar.startOfDay(timeZone, day), Calendar.startOfDay(timeZone, next)]
  return { from, to, days: daysBetween(from, to) }
})

/** Returns undefined unless the target has a value for each of its periods in the window. */
export const amountsIn = (
  { period, values }: Pick<Target, "period" | "values">,
  window: Window
): ReadonlyArray<TargetAmount> | undefined => {
  const periods = periodsIn[period](window)
  if (periods === null) return undefined
  const amounts: Array<TargetAmount> = []
  for (const one of periods) {
    const value = values[one.key]
    if (value === undefined) return undefined
    amounts.push({ value, ...instantsOf(one) })
  }
  return amounts
}
