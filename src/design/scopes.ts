import type { filtersOf } from "./filtersOf.ts"
import { read } from "./read.ts"
import type { Today } from "./spans.ts"
import { timeframeOf } from "./timeframeOf.ts"
import { subjects } from "./vocabulary.ts"
import type { Word } from "./words.ts"

/** The clauses from one subject to the next, such as “calls this week” in “calls this week and emails last month”. */
export interface Part {
  readonly clauses: ReadonlySet<number>
  readonly words: ReadonlyArray<Word>
}

/** A clause with one of these concepts is about numbers of its own. */
const measures: ReadonlySet<string> = new Set([...subjects, "commission", "pipeline", "conversion", "forecast", "won"])

const isOfMeasure = (words: ReadonlyArray<Word>, known: ReadonlySet<string>): boolean =>
  read(words, known).some(({ concepts = [] }) => concepts.some((one) => measures.has(one)))

export const partsOf = (words: ReadonlyArray<Word>, known: ReadonlySet<string>): ReadonlyArray<Part> => {
  const clauses = [...Map.groupBy(words, ({ clause }) => clause)]
  const first = clauses.findIndex(([, own]) => isOfMeasure(own, known))
  const starts = clauses.flatMap(([, own], at) => at === 0 || (at > first && isOfMeasure(own, known)) ? [at] : [])
  return starts.map((start, at) => {
    const own = clauses.slice(start, starts[at + 1])
    return { clauses: new Set(own.map(([clause]) => clause)), words: own.flatMap(([, some]) => some) }
  })
}

type Time = ReturnType<typeof timeframeOf>

export type Timed = Part & { readonly time: Time }

/** Each part has its own timeframe if several parts name different ones. Otherwise the wish is one part. */
export const timesOf = (words: ReadonlyArray<Word>, known: ReadonlySet<string>, today: Today) => {
  const parts = partsOf(words, known).map((part): Timed => ({ ...part, time: timeframeOf(part.words, today) }))
  const spans = new Set(parts.flatMap(({ time: { span } }) => span === undefined ? [] : [JSON.stringify(span)]))
  const own = spans.size > 1 ? parts.filter(({ time: { span } }) => span !== undefined) : []
  const [first] = own
  if (first !== undefined) return { whole: first.time, own, parts, rest: parts.flatMap(({ time }) => time.rest) }
  const whole = timeframeOf(words, today)
  const all = { clauses: new Set(words.map(({ clause }) => clause)), words, time: whole }
  return { whole, own, parts: [all], rest: whole.rest }
}

/** Returns the words of the timeframes and steps that no card has, and of the timeframes that the cards have only nearly. */
export const untoldTimes = (
  parts: ReadonlyArray<Timed>,
  isTimed: (part: Timed) => boolean,
  isInSteps: (part: Timed) => boolean
): ReadonlyArray<string> =>
  parts.flatMap((part) => {
    const { bucket, bucketText, past, replaced, text } = part.time
    const hasSteps = bucket !== undefined && isInSteps(part)
    return [past, replaced ?? (isTimed(part) ? undefined : text), hasSteps ? undefined : bucketText]
  }).flatMap((text) => text || [])

export const timeIn = (own: ReadonlyArray<Timed>, clause: number | undefined) =>
  own.find(({ clauses }) => clause !== undefined && clauses.has(clause))?.time

type Chosen = ReturnType<typeof filtersOf>["chosen"]

/** Returns the place of the first word of a measure. */
const firstOfMeasure = (words: ReadonlyArray<Word>, known: ReadonlySet<string>): number => {
  let at = 0
  for (const { concepts = [], folded } of read(words, known)) {
    if (concepts.some((one) => measures.has(one))) return at
    at += folded.split(" ").length
  }
  return Infinity
}

/**
 * Returns the names for a clause. A name belongs only to its part if other parts have names, too, or if it comes after the
 * subject of an earlier part, as in “leads from the portal, and all calls”.
 */
export const namesFor = (words: ReadonlyArray<Word>, known: ReadonlySet<string>, chosen: Chosen) => {
  const parts = partsOf(words, known)
  const partOf = (clause: number) => parts.findIndex(({ clauses }) => clauses.has(clause))
  const named = new Set(chosen.map(({ word }) => partOf(word.clause)))
  const first = firstOfMeasure(words, known)
  const isLate = ({ word }: Chosen[number]) => partOf(word.clause) < parts.length - 1 && words.indexOf(word) > first
  const ofAllParts = new Set(named.size === 1 ? chosen.filter((one) => !isLate(one)) : [])
  const namesIn = parts.map((_, part) =>
    chosen.filter((one) => partOf(one.word.clause) === part || ofAllParts.has(one))
  )
  return (clause: number | undefined): Chosen => clause === undefined ? chosen : namesIn[partOf(clause)] ?? []
}
