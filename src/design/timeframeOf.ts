import { type Bucket, buckets, type Preset } from "../domain/Timeframe.ts"
import { take, type Word } from "./words.ts"

const last = "(?:last|past|previous|prior|letzt(?:e|en|er|es|em)|vergangen(?:e|en|er|es)|vorig(?:e|en|er|es)|vor)"
const now = "(?:this|current|dies(?:e|en|er|es|em)|aktuell(?:e|en|er|es)|laufend(?:e|en|es))"
const before =
  "(?:(?:in|im|over|during|within|for|fuer|of|from|seit|ueber|waehrend) )?(?:(?:the|den|dem|der|das|die) )?"

const units = {
  day: "(?:day|days|tag|tage|tagen)",
  week: "(?:week|weeks|woche|wochen)",
  month: "(?:month|months|monat|monate|monaten|monats)",
  quarter: "(?:quarter|quarters|quartal|quartale|quartalen|quartals)",
  year: "(?:year|years|jahr|jahre|jahren|jahres)"
} as const
const anyUnit = `(?:${Object.values(units).join("|")})`

const phrase = (text: string) => new RegExp(`\\b${before}${text}\\b`)

const named: ReadonlyArray<readonly [RegExp, Preset]> = [
  [phrase("(?:yesterday|gestern)"), "yesterday"],
  [phrase("(?:today|heute)"), "today"],
  [phrase(`(?:${last} ${units.week}|vorwoche)`), "last_week"],
  [phrase(`(?:${last} ${units.month}|vormonat)`), "last_month"],
  [phrase(`(?:${last} ${units.quarter}|vorquartal)`), "last_quarter"],
  [phrase(`(?:${last} ${units.year}|vorjahr)`), "last_year"],
  [phrase(`${now} ${units.week}`), "this_week"],
  [phrase(`${now} ${units.month}`), "this_month"],
  [phrase(`${now} ${units.quarter}`), "this_quarter"],
  [phrase(`(?:${now} ${units.year}|ytd|year to date|heuer)`), "this_year"],
  [
    phrase("(?:all time|ever|of all times|since the beginning|insgesamt|jemals|seit beginn|seit anfang|aller zeiten)"),
    "all_time"
  ]
]

const daysOf = { day: 1, week: 7, month: 30, quarter: 91, year: 365 } as const
const numbers: Readonly<Record<string, number>> = {
  two: 2,
  zwei: 2,
  three: 3,
  drei: 3,
  four: 4,
  vier: 4,
  six: 6,
  sechs: 6,
  seven: 7,
  sieben: 7,
  twelve: 12,
  zwoelf: 12
}
const amount = `(\\d{1,3}|${Object.keys(numbers).join("|")})`
const counted = phrase(`${last} ${amount} (${anyUnit})`)

const rolling = (days: number): Preset =>
  days <= 7 ? "last_7d" : days <= 31 ? "last_30d" : days <= 93 ? "last_90d" : "last_12m"

/** Lists how many days the rolling presets may mean, from the shortest to the longest. */
const spans = [[7, 7], [30, 31], [90, 93], [360, 366]] as const
const isSpan = (days: number) => spans.some(([least, most]) => days >= least && days <= most)

const unitOf = (text: string) => buckets.find((bucket) => new RegExp(`^${units[bucket]}$`).test(text)) ?? "day"

const steps: Readonly<Record<Bucket, string>> = {
  day: "(?:per|by|each|every) day|daily|day by day|(?:pro|je|jeden) tag|taeglich\\w*|tageweise",
  week: "(?:per|by|each|every) week|weekly|week by week|(?:pro|je|jede|nach) woche|woechentlich\\w*|wochenweise",
  month: "(?:per|by|each|every) month|monthly|month by month|(?:pro|je|jeden|nach) monat|monatlich\\w*|monatsweise",
  quarter: "(?:per|by|each|every) quarter|quarterly|(?:pro|je|jedes|nach) quartal|quartalsweise",
  year: "(?:per|by|each|every) year|yearly|annually|(?:pro|je|jedes|nach) jahr|jaehrlich\\w*"
}
const bucketed = buckets.map((bucket) => ({ bucket, pattern: new RegExp(`\\b(?:${steps[bucket]})\\b`) }))

interface Window {
  readonly preset: Preset
  /** The words of a timeframe that no preset has. */
  readonly replaced?: string
  readonly rest: ReadonlyArray<Word>
}

const presetIn = (words: ReadonlyArray<Word>): Window | undefined => {
  const some = take(words, counted)
  if (some !== undefined) {
    const [, number = "", unit = ""] = some.found
    const days = (numbers[number] ?? Number(number)) * daysOf[unitOf(unit)]
    return { preset: rolling(days), rest: some.rest, ...(!isSpan(days) && { replaced: some.text }) }
  }
  for (const [pattern, preset] of named) {
    const taken = take(words, pattern)
    if (taken !== undefined) return { preset, rest: taken.rest }
  }
  return undefined
}

const bucketIn = (
  words: ReadonlyArray<Word>
): { readonly bucket: Bucket; readonly rest: ReadonlyArray<Word> } | undefined => {
  for (const { bucket, pattern } of bucketed) {
    const taken = take(words, pattern)
    if (taken !== undefined) return { bucket, rest: taken.rest }
  }
  return undefined
}

export const timeframeOf = (words: ReadonlyArray<Word>) => {
  const window = presetIn(words)
  const steps = bucketIn(window?.rest ?? words)
  return {
    preset: window?.preset,
    replaced: window?.replaced,
    bucket: steps?.bucket,
    rest: steps?.rest ?? window?.rest ?? words
  }
}
