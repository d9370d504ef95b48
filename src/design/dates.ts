import * as Calendar from "../domain/Calendar.ts"
import { anyOf, languages } from "./vocabulary.ts"
import { take, type Word } from "./words.ts"

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

const yearOf = (day: Calendar.Day) => Number(Calendar.isoDate(day).slice(0, 4))
const padded = (part: number) => String(part).padStart(2, "0")

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

const forms: readonly [Form, ...ReadonlyArray<Form>] = [
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

const ungrouped = (pattern: string) => pattern.replaceAll(/\((?!\?)/g, "(?:")
export const datePattern = `(?:${forms.map(({ pattern }) => ungrouped(pattern)).join("|")})`

const daysOf = (text: string, today: Calendar.Day): Days | undefined => {
  for (const { days, pattern } of forms) {
    const [, ...groups] = new RegExp(`^${pattern}$`).exec(text) ?? [undefined]
    if (groups.length > 0) return days(groups, today)
  }
  return undefined
}

const before = anyOf(({ calendar }) => calendar.before)
const article = `(?:${anyOf(({ calendar }) => calendar.articles)} )?`
const last = `(?:${anyOf(({ calendar }) => `${calendar.last}|${calendar.now}`)} )?`
const since = anyOf(({ calendar }) => calendar.since)
const until = anyOf(({ calendar }) => calendar.until)
const whole = (text: string) => new RegExp(`(?<!\\S)${text}(?!\\S)`)

const fromDay = anyOf(({ calendar }) => calendar.from)

/** "and" is no word, so the two dates of "between March and May" follow each other. */
const ranges = [
  whole(`(?:${fromDay} )?${article}(\\d{1,2})(?:st|nd|rd|th)? ${until} ${article}(${ungrouped(forms[0].pattern)})`),
  whole(`(?:${fromDay} )?${article}(${datePattern}) ${until} ${article}(${datePattern})`),
  whole(
    `${anyOf(({ calendar }) => calendar.between)} ${article}(${datePattern}) (?:${until} )?${article}(${datePattern})`
  )
]
const started = whole(`${since} ${article}${last}(${datePattern})`)
const single = whole(`((?:${before} )?)${article}${last}(${datePattern})`)

interface Dated extends Days {
  readonly text: string
  readonly rest: ReadonlyArray<Word>
}

/** In "from 10 to 24 November", the first day has no month. Without a year, the first date belongs to the year of the second, or to the year before. */
const startOf = (first: string, end: Days, today: Calendar.Day): Days | undefined => {
  const [year, month] = [yearOf(end.to), Calendar.isoDate(end.to).slice(5, 7)]
  const dayAlone = /^\d{1,2}$/.test(first) ? `${year} ${month} ${padded(Number(first))}` : undefined
  const texts = dayAlone !== undefined
    ? [dayAlone]
    : /\b20\d\d\b/.test(first)
    ? [first]
    : [`${first} ${year}`, `${first} ${year - 1}`]
  return texts.map((text) => daysOf(text, today)).find((days) => days !== undefined && days.from <= end.to)
}

const rangeIn = (words: ReadonlyArray<Word>, today: Calendar.Day): Dated | undefined => {
  for (const pattern of ranges) {
    const pair = take(words, pattern)
    const [, first = "", second = ""] = pair?.found ?? []
    const end = daysOf(second, today)
    const start = end && startOf(first, end, today)
    if (pair !== undefined && start !== undefined && end !== undefined) {
      return { from: start.from, to: end.to, text: pair.text, rest: pair.rest }
    }
  }
  return undefined
}

const listed = whole(
  `(?:${before} )?${article}${last}${datePattern}(?: (?:(?:${before}|${until}) )?${article}${datePattern})+`
)
const eachDate = new RegExp(`(?<!\\S)${datePattern}(?!\\S)`, "g")

/** In "the deals of March and April by stage", the words around the dates are one clause. */
const joined = (words: ReadonlyArray<Word>, rest: ReadonlyArray<Word>): ReadonlyArray<Word> => {
  const clauses = words.filter((word) => !rest.includes(word)).map(({ clause }) => clause)
  const [clause = 0] = clauses
  return rest.map((word) => clauses.includes(word.clause) ? { ...word, clause } : word)
}

/** "and" is no word, so the dates of "in March and in April" follow each other. Dates with a gap are no span. */
const listIn = (words: ReadonlyArray<Word>, today: Calendar.Day): Dated | undefined => {
  const list = take(words, listed)
  const texts = list?.found[0]?.match(eachDate) ?? []
  const end = daysOf(texts.at(-1) ?? "", today)
  if (list === undefined || end === undefined) return undefined
  let first = end
  for (const text of texts.slice(0, -1).toReversed()) {
    const span = startOf(text, first, today)
    if (span === undefined || span.to + 1 < first.from) return undefined
    first = span
  }
  return { from: first.from, to: end.to, text: list.text, rest: joined(words, list.rest) }
}

/** Reads a month, a quarter, a year, a day, or a range of them. */
export const datesIn = (words: ReadonlyArray<Word>, today: Calendar.Day): Dated | undefined => {
  const range = rangeIn(words, today)
  if (range !== undefined) return range
  const open = take(words, started)
  const start = daysOf(open?.found[1] ?? "", today)
  if (open !== undefined && start !== undefined && start.from <= today) {
    return { from: start.from, to: today, text: open.text, rest: open.rest }
  }
  const list = listIn(words, today)
  if (list !== undefined) return list
  const one = take(words, single)
  const [, preposition, text = ""] = one?.found ?? []
  const days = text === "may" && preposition === "" ? undefined : daysOf(text, today)
  return one && days && { ...days, text: one.text, rest: one.rest }
}
