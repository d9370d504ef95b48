import * as Calendar from "../domain/Calendar.ts"
import type { Preset } from "../domain/Timeframe.ts"
import type { Span, Today } from "./spans.ts"
import { article, calendarUnits, lastOf, unitWith } from "./timeframeOf.ts"
import { anyOf } from "./vocabulary.ts"
import { take, type Word } from "./words.ts"

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
  const name = unitWith(unit, ({ previous, previousAfter }) => [previous, previousAfter])
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
