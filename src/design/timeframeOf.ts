import * as Calendar from "../domain/Calendar.ts"
import { type Bucket, buckets, type LocalCalendar, type Preset, type Timeframe } from "../domain/Timeframe.ts"
import { usualBucketOf } from "../presentation/usualBucket.ts"
import { datePattern, datesIn, type Days } from "./dates.ts"
import type { Language } from "./languages/Language.ts"
import { anyOf, languages } from "./vocabulary.ts"
import { take, textOf, type Word } from "./words.ts"

export interface Today {
  readonly day: Calendar.Day
  readonly weekStart: LocalCalendar["weekStart"]
}

const preposition = anyOf(({ calendar }) => calendar.before)
const article = anyOf(({ calendar }) => calendar.articles)
const since = anyOf(({ calendar }) => calendar.since)

const phrase = (text: string) => new RegExp(`(?<!\\S)(?:${preposition} )?(?:${article} )?${text}(?!\\S)`)

const lastOf = (unit: Bucket) =>
  anyOf(({ calendar: { last, lastAfter, lastUnits, units } }) =>
    [
      `${last} ${units[unit]}`,
      ...(lastAfter === undefined ? [] : [`${units[unit]} ${lastAfter}`]),
      ...(lastUnits?.[unit] === undefined ? [] : [lastUnits[unit]])
    ].join("|")
  )

type Around = (calendar: Language["calendar"]) => readonly [before: string, after: string | undefined]
const around = (unit: Bucket, wordsOf: Around) =>
  anyOf(({ calendar }) => {
    const [[before, after], name] = [wordsOf(calendar), calendar.units[unit]]
    return after === undefined ? `${before} ${name}` : `${before} ${name}|${name} ${after}`
  })
const thisOf = (unit: Bucket) => around(unit, ({ now, nowAfter }) => [now, nowAfter])
const nextOf = (unit: Bucket) => around(unit, ({ next, nextAfter }) => [next, nextAfter])

const calendarUnits = ["week", "month", "quarter", "year"] as const

const named: ReadonlyArray<readonly [RegExp, Preset]> = [
  [phrase(anyOf(({ calendar }) => calendar.yesterday)), "yesterday"],
  [phrase(anyOf(({ calendar }) => calendar.today)), "today"],
  [phrase(anyOf(({ calendar }) => calendar.thisYear)), "this_year"],
  ...calendarUnits.map((unit) => [phrase(lastOf(unit)), `last_${unit}`] as const),
  ...calendarUnits.map((unit) => [phrase(thisOf(unit)), `this_${unit}`] as const),
  [phrase(nextOf("month")), "next_month"],
  [phrase(nextOf("quarter")), "next_quarter"],
  [phrase(anyOf(({ calendar }) => calendar.allTime)), "all_time"]
]

const daysOf = { day: 1, week: 7, month: 30, quarter: 91, year: 365 } as const
const numbers: Readonly<Record<string, number>> = Object.fromEntries(
  languages.flatMap(({ calendar }) => Object.entries(calendar.numbers))
)
export const amount = `(?:\\d{1,3}|${Object.keys(numbers).join("|")})`
const counted = phrase(
  anyOf(({ calendar: { last, units } }) => {
    const unit = `(?:${Object.values(units).join("|")})`
    return `(?:${last} ${amount}|${amount} ${last}) ${unit}`
  })
)

const rolling = (days: number): Preset =>
  days <= 7 ? "last_7d" : days <= 31 ? "last_30d" : days <= 93 ? "last_90d" : "last_12m"

/** Lists how many days the rolling presets may mean, from the shortest to the longest. */
const spans = [[7, 7], [30, 31], [90, 93], [360, 366]] as const
const isSpan = (days: number) => spans.some(([least, most]) => days >= least && days <= most)

const unitPattern = (bucket: Bucket) => new RegExp(`^${anyOf(({ calendar }) => calendar.units[bucket])}$`)
const unitPatterns: Readonly<Record<Bucket, RegExp>> = {
  day: unitPattern("day"),
  week: unitPattern("week"),
  month: unitPattern("month"),
  quarter: unitPattern("quarter"),
  year: unitPattern("year")
}

export const daysIn = (text: string): number => {
  const words = text.split(" ")
  const bucket = buckets.find((one) => unitPatterns[one].test(words.at(-1) ?? ""))
  const number = words.find((word) => numbers[word] !== undefined || /^\d+$/.test(word)) ?? ""
  return (numbers[number] ?? Number(number)) * daysOf[bucket ?? "day"]
}

const bucketed = buckets.map((bucket) => {
  const words = anyOf(({ calendar: { each, steps, units } }) => `${each} ${units[bucket]}|${steps[bucket]}`)
  return { bucket, pattern: new RegExp(`(?<!\\S)${words}(?!\\S)`) }
})

type Span = Pick<Timeframe, "preset" | "from" | "to">

const custom = ({ from, to }: Days): Span => ({
  preset: "custom",
  from: Calendar.isoDate(from),
  to: Calendar.isoDate(to)
})

const daysCovered = ({ from, to }: Span) => (Calendar.parseDate(to ?? "") ?? 0) - (Calendar.parseDate(from ?? "") ?? 0)

/** A custom timeframe has at most about a hundred buckets. */
export const bucketFor = (span: Span): Bucket => {
  if (span.preset !== "custom") return usualBucketOf(span.preset)
  const days = daysCovered(span)
  return days <= 31 ? "day" : days <= 100 ? "week" : days <= 1_100 ? "month" : "quarter"
}

interface Window {
  readonly span?: Span
  /** The words of a timeframe that the draft has not exactly. */
  readonly replaced?: string
  readonly rest: ReadonlyArray<Word>
}

const sinceUnits = calendarUnits.map((unit) => ({
  unit,
  pattern: new RegExp(`(?<!\\S)${since} (?:${article} )?${lastOf(unit)}(?!\\S)`)
}))

const spanIn = (words: ReadonlyArray<Word>, { day, weekStart }: Today): Window => {
  const some = take(words, counted)
  if (some !== undefined) {
    const days = daysIn(some.found[0] ?? "")
    return { span: { preset: rolling(days) }, rest: some.rest, ...(!isSpan(days) && { replaced: some.text }) }
  }
  for (const { pattern, unit } of sinceUnits) {
    const taken = take(words, pattern)
    const from = Calendar.step(unit, Calendar.startOf(unit, day, weekStart), -1)
    if (taken !== undefined) return { span: custom({ from, to: day }), rest: taken.rest }
  }
  const dated = datesIn(words, day)
  if (dated !== undefined) return { span: custom(dated), rest: dated.rest }
  for (const [pattern, preset] of named) {
    const taken = take(words, pattern)
    if (taken !== undefined) return { span: { preset }, rest: taken.rest }
  }
  return { rest: words }
}

const anyLast = `(?:${calendarUnits.map(lastOf).join("|")}|${anyOf(({ calendar }) => calendar.yesterday)})`
const pastState = new RegExp(
  `(?<!\\S)${anyOf(({ calendar }) => calendar.asOf)} (?:\\S+ ){0,2}?(?:${datePattern}|${anyLast})(?!\\S)`
)

/** In "per person and day", the unit is a clause of its own. */
const stepIn = (words: ReadonlyArray<Word>) => {
  for (const { bucket, pattern } of bucketed) {
    const taken = take(words, pattern)
    if (taken !== undefined) return { bucket, ...taken }
  }
  const alone = words.find((word) => words.filter(({ clause }) => clause === word.clause).length === 1)
  const bucket = alone && buckets.find((one) => unitPatterns[one].test(alone.folded))
  return alone !== undefined && bucket !== undefined
    ? { bucket, text: alone.text, rest: words.filter((word) => word !== alone) }
    : { bucket: undefined, text: "", rest: words }
}

export const timeframeOf = (words: ReadonlyArray<Word>, today: Today) => {
  const past = take(words, pastState)
  const step = stepIn(past?.rest ?? words)
  const window = spanIn(step.rest, today)
  return {
    ...window,
    text: textOf(step.rest.filter((word) => !window.rest.includes(word))),
    bucket: step.bucket,
    bucketText: step.text,
    /** The words that ask for a state in the past. */
    past: past?.text
  }
}

const compared = anyOf(({ calendar }) => calendar.compared)
const previous = new RegExp(
  `(?<!\\S)(?:${compared} (?:${article} )?${
    anyOf(({ calendar }) => calendar.previousPeriod)
  }(?: period)?|with comparison|mit vergleich|con comparacion)(?!\\S)`
)
const comparisonsBy = (comparator: string): ReadonlyArray<readonly [RegExp, Preset]> => {
  const after = (words: string) => new RegExp(`(?<!\\S)${comparator} (?:${article} )?${words}(?!\\S)`)
  return [
    [after(anyOf(({ calendar }) => calendar.yesterday)), "today"],
    ...calendarUnits.map((unit) => [after(lastOf(unit)), `this_${unit}`] as const)
  ]
}
const strict = comparisonsBy(compared)
const comparing = /^(?:compar|vergl[ei]+ch)/
/** After a word such as "compare", a preposition is enough. */
const loose = [...strict, ...comparisonsBy("(?:to|with|against|mit|zum|zur|zu|con|al)")]

/** A comparison with the last unit is one with the time before, if the timeframe is the current unit. */
export const comparisonOf = (words: ReadonlyArray<Word>) => {
  const isComparing = ({ folded }: Word) => comparing.test(folded)
  for (const [pattern, preset] of words.some(isComparing) ? loose : strict) {
    const taken = take(words, pattern)
    if (taken === undefined) continue
    return { preset, text: taken.text, rest: taken.rest.filter((word) => !isComparing(word)) }
  }
  const taken = take(words, previous)
  return taken && { preset: undefined, text: taken.text, rest: taken.rest }
}
