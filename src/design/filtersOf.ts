import type { Options } from "../domain/Options.ts"
import { isUnderstood } from "./read.ts"
import { silent } from "./vocabulary.ts"
import { take, type Word, wordsOf } from "./words.ts"

export type Names = Pick<Options, "tags" | "sources" | "statuses">

export const filterKeys = ["tag", "source", "status"] as const
export type FilterKey = typeof filterKeys[number]
export type Filters = { readonly [K in FilterKey]?: ReadonlyArray<string> }

export interface NamedValue {
  readonly key: FilterKey
  readonly value: string
  readonly name: string
}

export const namedIn = ({ sources, statuses, tags }: Names): ReadonlyArray<NamedValue> => [
  ...tags.map(({ id, name }) => ({ key: "tag" as const, value: id, name })),
  ...sources.map(({ label, value }) => ({ key: "source" as const, value, name: label })),
  ...statuses.map(({ label, value }) => ({ key: "status" as const, value, name: label }))
]

export const filtersFrom = (chosen: ReadonlyArray<NamedValue>): Filters =>
  Object.fromEntries(filterKeys.flatMap((key) => {
    const values = chosen.filter((one) => one.key === key).map(({ value }) => value)
    return values.length === 0 ? [] : [[key, [...new Set(values)]]]
  }))

const introduced = {
  tag: "(?:tag|tags|tagged|label|labels|schlagwort)",
  source: "(?:source|sources|channel|quelle|quellen|kanal)",
  status: "(?:status|state|zustand)"
} as const

const foldedName = (name: string) => wordsOf(name).map(({ folded }) => folded).join(" ")

/** With `\b`, a letter that is not ASCII would end a word. */
const phrase = (words: string) => new RegExp(`(?<!\\S)${words}(?!\\S)`)

/** A name of understood words, such as the status New, is found only after the name of its field. */
const patternsOf = ({ key, name }: NamedValue, folded: string): ReadonlyArray<RegExp> => {
  const after = phrase(`${introduced[key]}(?: is| ist)? ${folded}`)
  return isUnderstood(wordsOf(name)) ? [after] : [after, phrase(folded)]
}

const negation = phrase("(?:not|no|except|excluding|without|nicht|kein\\w*|ohne|ausser)")
const contrast = phrase("(?:but|only|sondern|aber|nur)")
const field = phrase(`(?:${Object.values(introduced).join("|")}|leads?)`)

/** Between a name and its negation are only other names and words that say nothing about a report. */
const negationIn = (before: ReadonlyArray<Word>, nameWords: ReadonlySet<string>): Word | undefined => {
  const isPassed = ({ folded }: Word) =>
    !contrast.test(folded) && (silent.has(folded) || nameWords.has(folded) || field.test(folded))
  const nearest = before.findLast((word) => negation.test(word.folded) || !isPassed(word))
  return nearest !== undefined && negation.test(nearest.folded) ? nearest : undefined
}

export const filtersOf = (words: ReadonlyArray<Word>, names: Names) => {
  const chosen: Array<NamedValue> = []
  const excluded: Array<string> = []
  const negations = new Set<Word>()
  let rest = words
  const candidates = namedIn(names).map((named) => ({ named, folded: foldedName(named.name) }))
  const nameWords = new Set(candidates.flatMap(({ folded }) => folded.split(" ")))
  for (const { folded, named } of candidates.toSorted((a, b) => b.folded.length - a.folded.length)) {
    if (folded === "" || !rest.map((word) => word.folded).join(" ").includes(folded)) continue
    const taken = patternsOf(named, folded).map((pattern) => take(rest, pattern)).find((found) => found !== undefined)
    if (taken === undefined) continue
    const start = rest.findIndex((word, index) => word !== taken.rest[index])
    const not = negationIn(rest.slice(0, start), nameWords)
    if (not === undefined) {
      chosen.push(named)
    } else {
      excluded.push(`${not.text} ${named.name}`)
      negations.add(not)
    }
    rest = taken.rest
  }
  return { chosen, excluded, rest: rest.filter((word) => !negations.has(word)) }
}
