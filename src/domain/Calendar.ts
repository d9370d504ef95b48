import { Temporal } from "temporal-polyfill"
import { type BoundedCache, boundedCache } from "./boundedCache.ts"
import type { Bucket } from "./Timeframe.ts"

/** Days are counted from 1970-01-01. */
export type Day = number

/** Milliseconds are counted from 1970-01-01, UTC. */
export type Instant = number

const millisADay = 86_400_000
const monthsIn = { month: 1, quarter: 3, year: 12 } as const

const partsOf = (day: Day) => {
  const date = new Date(day * millisADay)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() }
}

const dayOf = (year: number, month: number, dayOfMonth: number): Day =>
  new Date(0).setUTCFullYear(year, month, dayOfMonth) / millisADay

export const firstDay: Day = dayOf(1, 0, 1)

export const endOfDays: Day = dayOf(9999, 0, 1)

const padded = (part: number, digits: number): string => String(part).padStart(digits, "0")

export const isoDate = (day: Day): string => {
  const date = new Date(day * millisADay)
  return `${padded(date.getUTCFullYear(), 4)}-${padded(date.getUTCMonth() + 1, 2)}-${padded(date.getUTCDate(), 2)}`
}

const instantTexts = boundedCache<Instant, string>(10_000)
const parsedDates = boundedCache<string, Day>(10_000)

export const isoInstant = (instant: Instant): string =>
  instantTexts.get(instant) ?? instantTexts.set(instant, new Date(instant).toISOString())

export const parseDate = (text: string): Day | undefined => {
  const parsed = parsedDates.get(text)
  if (parsed !== undefined) return parsed
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null || match[1] === "0000" || match[1] === "9999") return undefined
  const day = dayOf(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return isoDate(day) === text ? parsedDates.set(text, day) : undefined
}

/** The text must have `Z` or an offset, and a year from 0001 to 9998. */
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

/** `start` must be the first day of a `unit`. */
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

/** A zone must have the exact spelling of its IANA name, so `europe/madrid` is refused. */
export const isZone = (name: string): boolean => {
  const isCached = zones.get(name)
  if (isCached !== undefined) return isCached
  return name.length <= 64 && zoneName.test(name) && zones.set(name, hasExactCase(name))
}

const epoch = Temporal.Instant.fromEpochMilliseconds(0)

const hasExactCase = (name: string): boolean => {
  try {
    return epoch.toZonedDateTimeISO(name).timeZoneId === name
  } catch {
    return false
  }
}

const dayStarts = boundedCache<string, BoundedCache<Day, Instant>>(50)

/** If the clock skips a whole day, that day starts at the same instant as the next day. */
export const startOfDay = (zone: string, day: Day): Instant => {
  const starts = dayStarts.get(zone) ?? dayStarts.set(zone, boundedCache(5_000))
  return starts.get(day) ??
    starts.set(day, Temporal.PlainDate.from(isoDate(day)).toZonedDateTime({ timeZone: zone }).epochMilliseconds)
}

/** A time that the clock skips is moved forward. Of a time that the clock repeats, the first one counts. */
export const instantOf = (zone: string, day: Day, time: string): Instant =>
  Temporal.PlainDate.from(isoDate(day)).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds

const localDays = boundedCache<string, BoundedCache<Instant, Day>>(50)

/** If the clock falls back over midnight, the repeated time belongs to the new day. */
const computedDay = (zone: string, instant: Instant): Day => {
  const date = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
  const day = dayOf(date.year, date.month - 1, date.day)
  return startOfDay(zone, day + 1) <= instant ? day + 1 : day
}

export const localDay = (zone: string, instant: Instant): Day => {
  const days = localDays.get(zone) ?? localDays.set(zone, boundedCache(500))
  return days.get(instant) ?? days.set(instant, computedDay(zone, instant))
}
