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

const negations = [
  "not|no|non|never|neither|except|exclud\\w+|omit\\w*|ignor\\w+|minus|apart|aside|besides|instead|rather|without|other than",
  "nicht|nie|kein\\w*|weder|ohne|ausser|exkl\\w*|ausgenommen|abgesehen|anstatt|statt|anders als"
]
const negation = new RegExp(`^(?:${negations.join("|")})(?!\\S)`)
const contrast = phrase("(?:but|only|sondern|aber|nur)")
const field = phrase(`(?:${Object.values(introduced).join("|")}|leads?)`)
/** The second word of `neither … nor` and `weder … noch`. */
const nor = phrase("(?:nor|noch)")

/** Between a name and its negation are only other names and words that say nothing about a report. */
const negationIn = (before: ReadonlyArray<Word>, nameWords: ReadonlySet<string>): Word | undefined => {
  const isPassed = ({ folded }: Word) =>
    !contrast.test(folded) && (silent.has(folded) || nameWords.has(folded) || field.test(folded) || nor.test(folded))
  const isNegation = (index: number) =>
    negation.test(before.slice(index, index + 2).map(({ folded }) => folded).join(" "))
  const nearest = before.findLastIndex((word, index) => isNegation(index) || !isPassed(word))
  return nearest !== -1 && isNegation(nearest) ? before[nearest] : undefined
}

export const filtersOf = (words: ReadonlyArray<Word>, names: Names) => {
  const chosen: Array<NamedValue> = []
  const excluded: Array<string> = []
  const used = new Set<Word>()
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
      used.add(not)
    }
    rest = taken.rest
  }
  return { chosen, excluded, rest: rest.filter((word) => !used.has(word)) }
}
