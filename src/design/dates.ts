import * as Calendar from "../domain/Calendar.ts"
import { datePattern, type Days, daysOf, forms, padded, ungrouped, yearOf } from "./dateForms.ts"
import { anyOf } from "./vocabulary.ts"
import { take, type Word } from "./words.ts"

const before = anyOf(({ calendar }) => calendar.before)
const article = `(?:${anyOf(({ calendar }) => calendar.articles)} )?`
const last = `(?:${anyOf(({ calendar }) => `${calendar.last}|${calendar.now}`)} )?`
const since = anyOf(({ calendar }) => calendar.since)
export const until = anyOf(({ calendar }) => calendar.until)
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
export const now = `(?:${anyOf(({ calendar }) => calendar.today)}|now|jetzt|ahora)`
export const untilNow = `(?:up )?${until} (?:${now}|date)`
const onwards = "(?:onwards?|en adelante|on(?=$| (?:by|per) ))"

/** “On” may be the preposition of the next word, as in “from May on Mondays”. */
const fromOn = `(?:from|since) ${article}${last}(${datePattern}) on(?! (?:the|an?|average|\\S*days?)(?!\\S))`

/** “Since May” and “May until today” begin with the first of these days, and “after May” after the last. */
const openings = [
  {
    firstOf: ({ from }: Days) => from,
    pattern: whole(`(?:(?:${fromDay}|${since}) )?${article}${last}(${datePattern}) (?:${untilNow}|${onwards})`)
  },
  { firstOf: ({ from }: Days) => from, pattern: whole(fromOn), isAlone: true },
  { firstOf: ({ from }: Days) => from, pattern: whole(`${since} ${article}${last}(${datePattern})`) },
  {
    firstOf: ({ to }: Days) => to + 1,
    pattern: whole(`(?:after|nach|despues del?|tras|posteriores? al?) ${article}${last}(${datePattern})`)
  }
]
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

/** Says whether the words that are not in the rest begin the wish or end a clause. */
const standsAlone = (words: ReadonlyArray<Word>, rest: ReadonlyArray<Word>): boolean => {
  const end = words.findLastIndex((word) => !rest.includes(word))
  return words[0] !== rest[0] || words[end]?.clause !== words[end + 1]?.clause
}

/** Reads a month, a quarter, a year, a day, or a range of them. */
export const datesIn = (words: ReadonlyArray<Word>, today: Calendar.Day): Dated | undefined => {
  const range = rangeIn(words, today)
  if (range !== undefined) return range
  for (const { firstOf, isAlone, pattern } of openings) {
    const open = take(words, pattern)
    if (open !== undefined && isAlone === true && !standsAlone(words, open.rest)) continue
    const days = daysOf(open?.found[1] ?? "", today)
    const from = days && firstOf(days)
    if (open !== undefined && from !== undefined && from <= today) {
      return { from, to: today, text: open.text, rest: open.rest }
    }
  }
  const list = listIn(words, today)
  if (list !== undefined) return list
  const one = take(words, single)
  const [, preposition, text = ""] = one?.found ?? []
  const days = text === "may" && preposition === "" ? undefined : daysOf(text, today)
  return one && days && { ...days, text: one.text, rest: one.rest }
}
