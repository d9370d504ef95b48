import * as Calendar from "../domain/Calendar.ts"
import { type Bucket, buckets, type Preset } from "../domain/Timeframe.ts"
import { usualBucketOf } from "../presentation/usualBucket.ts"
import { datePattern } from "./dateForms.ts"
import { datesIn } from "./dates.ts"
import type { Language } from "./languages/Language.ts"
import { countedIn, custom, type Span, type Today, unitPatterns, type Window } from "./spans.ts"
import { anyOf } from "./vocabulary.ts"
import { take, type Word } from "./words.ts"

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

const ending = "(?:before|until|till|up to|by|prior to|vor|bis(?: zum)?|antes del?|hasta|previos? al?)"
const partOf = "(?:(?:the )?(?:end|beginning|middle) of|ende|anfang|mitte|(?:el )?(?:fin|final|finales|mediados) del?)"
const periodEnd = `(?:year|month|quarter|ano|mes|trimestre|(?:jahres|quartals|monats|wochen)ende|${
  calendarUnits.map(thisOf).join("|")
})`
/** Such a timeframe has no first day, as in “before March” and “until the end of the year”. */
const unbounded = phrase(`${ending} (?:${article} )?(?:${partOf} (?:${article} )?)?(?:${datePattern}|${periodEnd})`)

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

const bucketed = buckets.map((bucket) => {
  const words = anyOf(({ calendar: { each, steps, units } }) => `${each} ${units[bucket]}|${steps[bucket]}`)
  return { bucket, pattern: new RegExp(`(?<!\\S)${words}(?!\\S)`) }
})

/** A wish without a timeframe gets this one, which has several buckets. */
export const usualPresets = {
  day: "last_30d",
  week: "last_90d",
  month: "last_12m",
  quarter: "last_12m",
  year: "all_time"
} as const

const daysCovered = ({ from, to }: Span) => (Calendar.parseDate(to ?? "") ?? 0) - (Calendar.parseDate(from ?? "") ?? 0)

/** A custom timeframe has at most about a hundred buckets. */
export const bucketFor = (span: Span): Bucket => {
  if (span.preset !== "custom") return usualBucketOf(span.preset)
  const days = daysCovered(span)
  return days <= 31 ? "day" : days <= 100 ? "week" : days <= 1_100 ? "month" : "quarter"
}

const sinceUnits = calendarUnits.map((unit) => ({
  unit,
  pattern: new RegExp(`(?<!\\S)${since} (?:${article} )?${lastOf(unit)}(?!\\S)`)
}))

const spanIn = (words: ReadonlyArray<Word>, today: Today): Window => {
  const { day, weekStart } = today
  const counted = countedIn(words, today)
  if (counted !== undefined) return counted
  for (const { pattern, unit } of sinceUnits) {
    const taken = take(words, pattern)
    const from = Calendar.step(unit, Calendar.startOf(unit, day, weekStart), -1)
    if (taken !== undefined) return { span: custom({ from, to: day }), text: taken.text, rest: taken.rest }
  }
  const dated = datesIn(words, day)
  const open = take(words, unbounded)
  if (open !== undefined && (dated === undefined || open.text.includes(dated.text))) {
    return { text: open.text, rest: open.rest, replaced: open.text }
  }
  if (dated !== undefined) return { span: custom(dated), text: dated.text, rest: dated.rest }
  for (const [pattern, preset] of named) {
    const taken = take(words, pattern)
    if (taken !== undefined) return { span: { preset }, text: taken.text, rest: taken.rest }
  }
  return { text: "", rest: words }
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
  return {
    ...spanIn(step.rest, today),
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

/** "The month before" is relative to the month of the wish. */
const relative = calendarUnits.map((unit) => {
  const name = around(unit, ({ previous, previousAfter }) => [previous, previousAfter])
  return [new RegExp(`(?<!\\S)(?:${compared}|con|mit|zum|with|to) (?:${article} )?${name}(?!\\S)`), unit] as const
})

/** Says whether the span is one whole unit, such as a month. */
const isWhole = ({ from, preset, to }: Span, unit: typeof calendarUnits[number], { weekStart }: Today): boolean => {
  const first = Calendar.parseDate(from ?? "")
  if (first === undefined || to === undefined) return preset === `this_${unit}` || preset === `last_${unit}`
  const start = Calendar.startOf(unit, first, weekStart)
  return start === first && Calendar.isoDate(Calendar.step(unit, start, 1) - 1) === to
}

/** Says whether the span can be compared as the wish says. */
export const isComparable = (
  { preset, unit }: NonNullable<ReturnType<typeof comparisonOf>>,
  span: Span | undefined,
  today: Today
): boolean =>
  span === undefined || preset === undefined || span.preset === preset ||
  (unit !== undefined && isWhole(span, unit, today))

/** A comparison with the last unit is one with the time before, if the timeframe is the current unit. */
export const comparisonOf = (words: ReadonlyArray<Word>) => {
  const isComparing = ({ folded }: Word) => comparing.test(folded)
  for (const [pattern, unit] of relative) {
    const taken = take(words, pattern)
    if (taken === undefined) continue
    return {
      preset: `this_${unit}` as const,
      unit,
      text: taken.text,
      rest: taken.rest.filter((word) => !isComparing(word))
    }
  }
  for (const [pattern, preset] of words.some(isComparing) ? loose : strict) {
    const taken = take(words, pattern)
    if (taken === undefined) continue
    return { preset, text: taken.text, rest: taken.rest.filter((word) => !isComparing(word)) }
  }
  const taken = take(words, previous)
  return taken && { preset: undefined, text: taken.text, rest: taken.rest }
}
