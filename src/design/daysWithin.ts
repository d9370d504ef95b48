import type { MetricIndex } from "./metricIndex.ts"
import { read } from "./read.ts"
import { amount, daysIn } from "./timeframeOf.ts"
import { anyOf } from "./vocabulary.ts"
import { take, type Word } from "./words.ts"

const unit = anyOf(({ calendar: { units } }) => Object.values(units).join("|"))
const pattern = new RegExp(`(?<!\\S)${anyOf(({ calendar }) => calendar.within)} ${amount} ${unit}(?!\\S)`)

const ofConversion: ReadonlySet<string> = new Set(["conversion", "client", "cohort"])
export const isOfConversion = (concepts: ReadonlyArray<string>): boolean =>
  concepts.some((concept) => ofConversion.has(concept))

/** "Within 60 days" is a number of days after the entry of a lead only in a wish about leads that become clients. */
export const daysWithin = (words: ReadonlyArray<Word>, index: MetricIndex) => {
  const taken = take(words, pattern)
  const isMeant = taken !== undefined &&
    read(taken.rest, index.words).some(({ concepts = [] }) => isOfConversion(concepts))
  return isMeant ? { days: daysIn(taken.found[0] ?? ""), text: taken.text, rest: taken.rest } : undefined
}
