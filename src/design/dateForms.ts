import * as Calendar from "../domain/Calendar.ts"
import { anyOf, languages } from "./vocabulary.ts"

/** Both days are part of the span. */
export interface Days {
  readonly from: Calendar.Day
  readonly to: Calendar.Day
}

type Groups = ReadonlyArray<string | undefined>

interface Form {
  readonly pattern: string
  readonly days: (groups: Groups, today: Calendar.Day) => Days | undefined
}

const of = "(?:(?:of|de|del|des|im|in) )?"
const year = "(20\\d\\d)"
const dayOfMonth = "(\\d{1,2}|first|ersten?|primero)(?:st|nd|rd|th)?"
const month = `(${anyOf(({ calendar }) => calendar.months.join("|"))})`
const [quarterUnit, yearUnit] = [anyOf((l) => l.calendar.units.quarter), anyOf((l) => l.calendar.units.year)]
const ordinal = `(${anyOf(({ calendar }) => calendar.ordinals.join("|"))})`
const half = anyOf(({ calendar }) => calendar.half)

export const yearOf = (day: Calendar.Day) => Number(Calendar.isoDate(day).slice(0, 4))
export const padded = (part: number) => String(part).padStart(2, "0")

/** If no year is named, the span is the last one that has begun. */
const inYear = (said: string | undefined, today: Calendar.Day, daysIn: (year: number) => Days | undefined) => {
  if (said !== undefined) return daysIn(Number(said))
  const days = daysIn(yearOf(today))
  return days === undefined || days.from <= today ? days : daysIn(yearOf(today) - 1)
}

const monthsFrom = (year: number, first: number, count: number): Days | undefined => {
  const from = Calendar.parseDate(`${year}-${padded(first)}-01`)
  return from === undefined ? undefined : { from, to: Calendar.addMonths(from, count) - 1 }
}

const oneDay = (year: number, month: number, day: string): Days | undefined => {
  const date = Calendar.parseDate(`${year}-${padded(month)}-${padded(Number(day) || 1)}`)
  return date === undefined ? undefined : { from: date, to: date }
}

const placeIn = (lists: ReadonlyArray<ReadonlyArray<string>>, text = "") =>
  1 + Math.max(...lists.map((list) => list.findIndex((words) => new RegExp(`^(?:${words})$`).test(text))))

const monthIn = (text: string | undefined) => placeIn(languages.map(({ calendar }) => calendar.months), text)
const ordinalIn = (text: string | undefined) => placeIn(languages.map(({ calendar }) => calendar.ordinals), text)

const quarterOf = (number: number, said: string | undefined, today: Calendar.Day) =>
  inYear(said, today, (year) => monthsFrom(year, 3 * number - 2, 3))
const halfOf = (number: number, said: string | undefined, today: Calendar.Day) =>
  number > 2 ? undefined : inYear(said, today, (year) => monthsFrom(year, 6 * number - 5, 6))

export const forms: readonly [Form, ...ReadonlyArray<Form>] = [
  {
    pattern: `${dayOfMonth} ${of}${month}(?: ${of}${year})?`,
    days: ([day = "", name, said], today) => inYear(said, today, (year) => oneDay(year, monthIn(name), day))
  },
  {
    pattern: `${month} ${dayOfMonth}(?!\\S)(?: ${year})?`,
    days: ([name, day = "", said], today) => inYear(said, today, (year) => oneDay(year, monthIn(name), day))
  },
  {
    pattern: `${month}(?: ${of}${year})?`,
    days: ([name, said], today) => inYear(said, today, (year) => monthsFrom(year, monthIn(name), 1))
  },
  {
    pattern: `${year} (\\d\\d) (\\d\\d)`,
    days: ([said = "", month = "", day = ""]) => oneDay(Number(said), Number(month), day)
  },
  {
    pattern: `q([1-4])(?: ${of}${year})?`,
    days: ([number, said], today) => quarterOf(Number(number), said, today)
  },
  {
    pattern: `${ordinal} ${quarterUnit}(?: ${of}(?:${yearUnit} )?${year})?`,
    days: ([number, said], today) => quarterOf(ordinalIn(number), said, today)
  },
  {
    pattern: `h([12])(?: ${of}${year})?`,
    days: ([number, said], today) => halfOf(Number(number), said, today)
  },
  {
    pattern: `${ordinal} ${half}(?: (?:of )?(?:the )?${of}(?:${yearUnit} )?${year})?`,
    days: ([number, said], today) => halfOf(ordinalIn(number), said, today)
  },
  {
    pattern: `(?:${yearUnit} )?${year}`,
    days: ([said], today) => inYear(said, today, (year) => monthsFrom(year, 1, 12))
  }
]

export const ungrouped = (pattern: string) => pattern.replaceAll(/\((?!\?)/g, "(?:")
export const datePattern = `(?:${forms.map(({ pattern }) => ungrouped(pattern)).join("|")})`

/** The days of one date, such as “3 May”, “March 2025”, “Q3”, or “the second quarter”. */
export const daysOf = (text: string, today: Calendar.Day): Days | undefined => {
  for (const { days, pattern } of forms) {
    const [, ...groups] = new RegExp(`^${pattern}$`).exec(text) ?? [undefined]
    if (groups.length > 0) return days(groups, today)
  }
  return undefined
}
