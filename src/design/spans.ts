import * as Calendar from "../domain/Calendar.ts"
import { type Bucket, buckets, type LocalCalendar, type Preset, type Timeframe } from "../domain/Timeframe.ts"
import type { Days } from "./dateForms.ts"
import { anyOf, languages } from "./vocabulary.ts"
import { take, type Word } from "./words.ts"

export interface Today {
  readonly day: Calendar.Day
  readonly weekStart: LocalCalendar["weekStart"]
}

export type Span = Pick<Timeframe, "preset" | "from" | "to">

export interface Window {
  readonly span?: Span
  /** The words of a timeframe that the draft has not exactly. */
  readonly replaced?: string
  /** The words of a rolling timeframe for which the draft has fixed dates. */
  readonly fixed?: string
  readonly text: string
  readonly rest: ReadonlyArray<Word>
}

export const custom = ({ from, to }: Days): Span => ({
  preset: "custom",
  from: Calendar.isoDate(from),
  to: Calendar.isoDate(to)
})

const numbers: Readonly<Record<string, number>> = Object.fromEntries(
  languages.flatMap(({ calendar }) => Object.entries(calendar.numbers))
)
export const amount = `(?:\\d{1,3}|${Object.keys(numbers).join("|")})`

const unitPattern = (bucket: Bucket) => new RegExp(`^${anyOf(({ calendar }) => calendar.units[bucket])}$`)
export const unitPatterns: Readonly<Record<Bucket, RegExp>> = {
  day: unitPattern("day"),
  week: unitPattern("week"),
  month: unitPattern("month"),
  quarter: unitPattern("quarter"),
  year: unitPattern("year")
}

const daysOf: Readonly<Record<Bucket, number>> = { day: 1, week: 7, month: 30, quarter: 91, year: 365 }

interface Count {
  readonly count: number
  readonly unit: Bucket
}

const countIn = (text: string): Count => {
  const words = text.split(" ")
  const unit = buckets.find((one) => words.some((word) => unitPatterns[one].test(word)))
  const number = words.find((word) => numbers[word] !== undefined || /^\d+$/.test(word)) ?? ""
  return { count: numbers[number] ?? Number(number), unit: unit ?? "day" }
}

export const daysIn = (text: string): number => {
  const { count, unit } = countIn(text)
  return count * daysOf[unit]
}

const preposition = anyOf(({ calendar }) => calendar.before)
const article = anyOf(({ calendar }) => calendar.articles)
const units = anyOf(({ calendar }) => Object.values(calendar.units).join("|"))
const several = (before: string, after: string) =>
  new RegExp(
    `(?<!\\S)(?:${preposition} )?(?:${article} )?(?:(?:${before} ${amount}|${amount} ${before}) ${units}|${amount} ${units} ${after})(?!\\S)`
  )
const lastSome = several(
  anyOf(({ calendar }) => calendar.last),
  anyOf(({ calendar }) => calendar.lastAfter)
)
const nextSome = several(
  anyOf(({ calendar }) => calendar.next),
  anyOf(({ calendar }) => calendar.nextAfter)
)

/** The presets that are exactly as long as so many units. */
const lastPresets: Readonly<Record<Bucket, Readonly<Record<number, Preset>>>> = {
  day: { 1: "yesterday", 7: "last_7d", 30: "last_30d", 90: "last_90d" },
  week: { 1: "last_7d" },
  month: { 1: "last_30d", 3: "last_90d", 12: "last_12m" },
  quarter: { 1: "last_90d", 4: "last_12m" },
  year: { 1: "last_12m" }
}
const nextPresets: Readonly<Record<Bucket, Readonly<Record<number, Preset>>>> = {
  day: { 90: "next_90d" },
  week: {},
  month: { 1: "next_month", 3: "next_90d" },
  quarter: { 1: "next_quarter" },
  year: {}
}

const mostDays = 36_500

/** Days and weeks end today, and months, quarters, and years include the present one, as in the presets. */
const lastDays = ({ count, unit }: Count, { day, weekStart }: Today): Days => ({
  from: unit === "day" || unit === "week"
    ? day - count * daysOf[unit] + 1
    : Calendar.step(unit, Calendar.startOf(unit, day, weekStart), 1 - count),
  to: day
})

/** Reads “last 18 months” and “next 90 days”. */
export const countedIn = (words: ReadonlyArray<Word>, today: Today): Window | undefined => {
  const next = take(words, nextSome)
  if (next !== undefined) {
    const { count, unit } = countIn(next.found[0] ?? "")
    const exact = nextPresets[unit][count]
    const nearest = count * daysOf[unit] <= daysOf.month ? "next_month" : "next_90d"
    const { rest, text } = next
    return { span: { preset: exact ?? nearest }, text, rest, ...(exact === undefined && { replaced: text }) }
  }
  const last = take(words, lastSome)
  if (last === undefined) return undefined
  const { rest, text } = last
  const { count, unit } = countIn(last.found[0] ?? "")
  const exact = lastPresets[unit][count]
  if (exact !== undefined) return { span: { preset: exact }, text, rest }
  const days = count * daysOf[unit]
  if (days < 1) return { span: { preset: "last_7d" }, text, rest, replaced: text }
  if (days > mostDays) return { span: { preset: "all_time" }, text, rest, replaced: text }
  return { span: custom(lastDays({ count, unit }, today)), text, rest, fixed: text }
}
