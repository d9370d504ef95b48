import { Temporal } from "temporal-polyfill"
import { boundedCache } from "./boundedCache.ts"
import type { Bucket } from "./Timeframe.ts"

/** A calendar date as days since 1970-01-01: plain arithmetic, no zone. */
export type Day = number

/** Epoch milliseconds. */
export type Instant = number

const millisADay = 86_400_000
const monthsIn = { month: 1, quarter: 3, year: 12 } as const

const partsOf = (day: Day) => {
  const date = new Date(day * millisADay)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() }
}

const dayOf = (year: number, month: number, dayOfMonth: number): Day =>
  new Date(0).setUTCFullYear(year, month, dayOfMonth) / millisADay

/** 0001-01-01: nothing of ours looks further back. */
export const firstDay: Day = dayOf(1, 0, 1)

/** 9999-01-01: nothing of ours looks further on. */
const endOfDays: Day = dayOf(9999, 0, 1)

const padded = (part: number, digits: number): string => String(part).padStart(digits, "0")

/** Put together by hand: an axis has up to a thousand dates, and `toISOString` takes three times as long. */
export const isoDate = (day: Day): string => {
  const date = new Date(day * millisADay)
  return `${padded(date.getUTCFullYear(), 4)}-${padded(date.getUTCMonth() + 1, 2)}-${padded(date.getUTCDate(), 2)}`
}

/** Widgets and dashboards ask for the same times again and again. */
const mostTexts = 10_000
const instants = boundedCache<Instant, string>(mostTexts)
const dates = boundedCache<string, Day>(mostTexts)

export const isoInstant = (instant: Instant): string =>
  instants.get(instant) ?? instants.set(instant, new Date(instant).toISOString())

/** `2024-02-29`, in the years 0001 to 9998; anything else is undefined. */
export const parseDate = (text: string): Day | undefined => {
  const known = dates.get(text)
  if (known !== undefined) return known
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null || match[1] === "0000" || match[1] === "9999") return undefined
  const day = dayOf(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return isoDate(day) === text ? dates.set(text, day) : undefined
}

/** `2024-02-29T10:00:00Z` or with an offset, of the same years; anything else is undefined. */
export const parseInstant = (text: string): Instant | undefined => {
  const match = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/
    .exec(text)
  if (match === null || parseDate(match[1] ?? "") === undefined) return undefined
  const instant = Date.parse(text)
  return instant >= firstDay * millisADay && instant < endOfDays * millisADay ? instant : undefined
}

export const addMonths = (day: Day, months: number): Day => {
  const { month, year } = partsOf(day)
  return dayOf(year, month + months, 1)
}

/** The first day of the unit that holds `day`. `weekStart`: 1 is Monday, 7 is Sunday. */
export const startOf = (unit: Bucket, day: Day, weekStart: number): Day => {
  switch (unit) {
    case "day":
      return day
    case "week":
      return day - (((day + 4 - weekStart) % 7) + 7) % 7
    case "month":
    case "quarter":
    case "year": {
      const { month, year } = partsOf(day)
      return dayOf(year, month - month % monthsIn[unit], 1)
    }
  }
}

/** `count` units on (or back) from the first day of a unit. */
export const step = (unit: Bucket, start: Day, count: number): Day => {
  switch (unit) {
    case "day":
      return start + count
    case "week":
      return start + 7 * count
    case "month":
    case "quarter":
    case "year":
      return addMonths(start, count * monthsIn[unit])
  }
}

const zones = boundedCache<string, boolean>(1_000)

const zoneName = /^[A-Z][A-Za-z0-9+]*([/_-]([A-Z0-9][A-Za-z0-9+]*|of|es|au))*$/

/** Exact IANA names only: `Europe/Madrid`, `UTC`; not `europe/madrid`, not `+02:00`. */
export const isZone = (name: string): boolean => {
  const known = zones.get(name)
  if (known !== undefined) return known
  return name.length <= 64 && zoneName.test(name) && zones.set(name, resolves(name))
}

const epoch = Temporal.Instant.fromEpochMilliseconds(0)

/** Asked of whom the days are asked of; spelt otherwise, a name is known but comes back in its own spelling. */
const resolves = (name: string): boolean => {
  try {
    return epoch.toZonedDateTimeISO(name).timeZoneId === name
  } catch {
    return false
  }
}

const mostKnownStarts = 100_000

/** By zone and day. What is known of all zones is forgotten at once, so that nobody can fill the memory with dates. */
const dayStarts = new Map<string, Map<Day, number>>()
let knownStarts = 0

/** The first instant that carries the date in the zone; of a day that never was, the next one's. */
export const startOfDay = (zone: string, day: Day): Instant => {
  const starts = dayStarts.get(zone) ?? new Map<Day, number>()
  const known = starts.get(day)
  if (known !== undefined) return known
  const start = Temporal.PlainDate.from(isoDate(day)).toZonedDateTime({ timeZone: zone }).epochMilliseconds
  if (knownStarts === mostKnownStarts) {
    dayStarts.clear()
    starts.clear()
    knownStarts = 0
  }
  knownStarts += 1
  dayStarts.set(zone, starts.set(day, start))
  return start
}

/** The day that holds the instant: one that has begun is not left again, though clocks may fall back before midnight. */
export const localDay = (zone: string, instant: Instant): Day => {
  const date = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
  const day = dayOf(date.year, date.month - 1, date.day)
  return startOfDay(zone, day + 1) <= instant ? day + 1 : day
}
