import { maxBuckets } from "../domain/Buckets.ts"
import * as Calendar from "../domain/Calendar.ts"
import { type Bucket, buckets, type Preset } from "../domain/Timeframe.ts"
import { usualBucketOf } from "../presentation/usualBucket.ts"
import { datePattern } from "./dateForms.ts"
import { datesIn, now, until, untilNow } from "./dates.ts"
import type { Language } from "./languages/Language.ts"
import { countedIn, custom, type Span, type Today, unitPatterns, type Window } from "./spans.ts"
import { anyOf } from "./vocabulary.ts"
import { take, type Word } from "./words.ts"

const preposition = anyOf(({ calendar }) => calendar.before)
export const article = anyOf(({ calendar }) => calendar.articles)
const since = anyOf(({ calendar }) => calendar.since)
const yesterday = anyOf(({ calendar }) => calendar.yesterday)
const allTime = anyOf(({ calendar }) => calendar.allTime)

const phrase = (text: string) => new RegExp(`(?<!\\S)(?:${preposition} )?(?:${article} )?${text}(?!\\S)`)

export const lastOf = (unit: Bucket) =>
  anyOf(({ calendar: { last, lastAfter, lastUnits, units } }) =>
    [
      `${last} ${units[unit]}`,
      ...(lastAfter === undefined ? [] : [`${units[unit]} ${lastAfter}`]),
      ...(lastUnits?.[unit] === undefined ? [] : [lastUnits[unit]])
    ].join("|")
  )

type Around = (calendar: Language["calendar"]) => readonly [before: string, after: string | undefined]
/** Returns the unit with words before or after it. */
export const unitWith = (unit: Bucket, wordsOf: Around) =>
  anyOf(({ calendar }) => {
    const [[before, after], name] = [wordsOf(calendar), calendar.units[unit]]
    return after === undefined ? `${before} ${name}` : `${before} ${name}|${name} ${after}`
  })
const thisOf = (unit: Bucket) => unitWith(unit, ({ now, nowAfter }) => [now, nowAfter])
const nextOf = (unit: Bucket) => unitWith(unit, ({ next, nextAfter }) => [next, nextAfter])

export const calendarUnits = ["week", "month", "quarter", "year"] as const

const earlier = `(?:${[...calendarUnits.map(lastOf), yesterday, now].join("|")})`
/** “Closed by last quarter” is read as “closed last quarter”. */
const by = `by(?! (?:${article} )?${earlier}(?!\\S))`
const ending = `(?:before|until|till|up to|${by}|prior to|vor|bis(?: zum)?|antes del?|hasta|previos? al?)`
const partOf = "(?:(?:the )?(?:end|beginning|middle) of|ende|anfang|mitte|(?:el )?(?:fin|final|finales|mediados) del?)"
const periodEnd = `(?:${
  [...calendarUnits.map(thisOf), earlier].join("|")
}|year|month|quarter|ano|mes|trimestre|(?:jahres|quartals|monats|wochen)ende)`
/** Such a timeframe has no first day, as in “before March”, “up to last month”, and “until the end of the year”. */
const unbounded = phrase(`${ending} (?:${article} )?(?:${partOf} (?:${article} )?)?(?:${datePattern}|${periodEnd})`)
/** The last day of these is no date, as in “from 1 May until yesterday”. */
const untilEarlier = phrase(
  `${datePattern} (?:up )?${until} (?:${article} )?(?:${[...calendarUnits.map(lastOf), yesterday].join("|")})`
)
/** These words say no more than a timeframe beside them, as in “up to now this year”. */
const endsNow = new RegExp(`(?<!\\S)(?:until|till|up to|bis|hasta) ${now}$`)

const named: ReadonlyArray<readonly [RegExp, Preset]> = [
  [phrase(yesterday), "yesterday"],
  [phrase(anyOf(({ calendar }) => calendar.today)), "today"],
  [phrase(anyOf(({ calendar }) => calendar.thisYear)), "this_year"],
  ...calendarUnits.map((unit) => [phrase(lastOf(unit)), `last_${unit}`] as const),
  ...calendarUnits.map((unit) => [phrase(thisOf(unit)), `this_${unit}`] as const),
  [phrase(nextOf("month")), "next_month"],
  [phrase(nextOf("quarter")), "next_quarter"],
  [phrase(allTime), "all_time"]
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

type SpanOn = (today: Today) => Span

/** These timeframes end today, as in “since last month”, “from yesterday until now”, and “this year to date”. */
const untilToday: ReadonlyArray<readonly [RegExp, SpanOn]> = [
  ...[
    ...calendarUnits.map((unit) => ({
      words: lastOf(unit),
      firstOf: ({ day, weekStart }: Today) => Calendar.step(unit, Calendar.startOf(unit, day, weekStart), -1)
    })),
    { words: yesterday, firstOf: ({ day }: Today) => day - 1 }
  ].flatMap(({ firstOf, words }) => {
    const spanOn: SpanOn = (today) => custom({ from: firstOf(today), to: today.day })
    const pattern = new RegExp(`(?<!\\S)${since} (?:${article} )?${words}(?: ${untilNow})?(?!\\S)`)
    return [[pattern, spanOn], [phrase(`${words} ${untilNow}`), spanOn]] as const
  }),
  ...calendarUnits.map((unit) => [phrase(`${thisOf(unit)} ${untilNow}`), () => ({ preset: `this_${unit}` })] as const),
  [phrase(`${allTime} ${untilNow}`), () => ({ preset: "all_time" })]
]

const namedIn = (words: ReadonlyArray<Word>): Window | undefined => {
  for (const [pattern, preset] of named) {
    const taken = take(words, pattern)
    if (taken !== undefined) return { span: { preset }, text: taken.text, rest: taken.rest }
  }
  return undefined
}

const spanIn = (words: ReadonlyArray<Word>, today: Today): Window => {
  const counted = countedIn(words, today)
  if (counted !== undefined) return counted
  for (const [pattern, spanOn] of untilToday) {
    const taken = take(words, pattern)
    if (taken !== undefined) return { span: spanOn(today), text: taken.text, rest: taken.rest }
  }
  const earlierEnd = take(words, untilEarlier)
  if (earlierEnd !== undefined) return { text: earlierEnd.text, rest: earlierEnd.rest, replaced: earlierEnd.text }
  const dated = datesIn(words, today.day)
  const open = take(words, unbounded)
  if (open !== undefined && (dated === undefined || open.text.includes(dated.text))) {
    const inner = namedIn(open.rest)
    if (inner !== undefined && endsNow.test(open.found[0] ?? "")) return inner
    return { text: open.text, rest: open.rest, ...inner, replaced: open.text }
  }
  if (dated !== undefined) return { span: custom(dated), text: dated.text, rest: dated.rest }
  return namedIn(words) ?? { text: "", rest: words }
}

const anyLast = `(?:${calendarUnits.map(lastOf).join("|")}|${yesterday})`
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

/** A run of a longer timeframe fails with `too_many_buckets`. */
const hasRoomFor = (bucket: Bucket, { from, to }: Span, { weekStart }: Today): boolean => {
  const [first, last] = [Calendar.parseDate(from ?? ""), Calendar.parseDate(to ?? "")]
  return first === undefined || last === undefined ||
    Calendar.step(bucket, Calendar.startOf(bucket, first, weekStart), maxBuckets) > last
}

export const timeframeOf = (words: ReadonlyArray<Word>, today: Today) => {
  const past = take(words, pastState)
  const step = stepIn(past?.rest ?? words)
  const window = spanIn(step.rest, today)
  const { bucket, text: bucketText } = step
  const isTooShort = bucket !== undefined && window.span !== undefined && !hasRoomFor(bucket, window.span, today)
  return {
    ...window,
    bucket: isTooShort ? undefined : bucket,
    /** The words of the steps, also if the timeframe has too many of them. */
    bucketText,
    /** The words that ask for a state in the past. */
    past: past?.text
  }
}
