import type { Options } from "../domain/Options.ts"
import { datePattern } from "./dateForms.ts"
import { exclusionsIn, phrase } from "./exclusions.ts"
import { isUnderstood } from "./read.ts"
import { anyOf, languages } from "./vocabulary.ts"
import { foldedOf, foldedText, take, type Word, wordsOf } from "./words.ts"

export type Names = Pick<Options, "tags" | "sources" | "statuses">

export const filterKeys = ["tag", "source", "status"] as const
type FilterKey = typeof filterKeys[number]
export type Filters = Readonly<Record<string, ReadonlyArray<string>>>

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
  tag: "(?:tag|tags|tagged|label|labels|schlagwort|etiqueta|etiquetas)",
  source: "(?:source|sources|channel|quelle|quellen|kanal|fuente|fuentes|origen|canal)",
  status: "(?:status|state|zustand|estado)"
} as const

/** Shorter names with an ending are too often other words. */
const minPlural = 5

const date = new RegExp(`^${datePattern}$`)
/** These words may be between two names of a field. */
const between = phrase("is|ist|es|or|oder|o")

/**
 * A name of understood words, such as the status New, or of a date is found only after the name of its field. A date may
 * also be one of several names, and a name that is excluded.
 */
const patternsOf = ({ key, name }: NamedValue, folded: string): ReadonlyArray<RegExp> => {
  const after = phrase(`${introduced[key]}(?: is| ist| es)? ${folded}`)
  return isUnderstood(wordsOf(name)) || date.test(folded)
    ? [after]
    : [after, phrase(`${folded}${folded.length < minPlural ? "" : "(?:e?s|e?n)?"}`)]
}

const statusWords = languages.flatMap(({ statuses }) => Object.entries(statuses))
const otherWordsFor = ({ key }: NamedValue, folded: string): ReadonlyArray<string> =>
  key === "status" ? statusWords.flatMap(([label, words]) => label === folded ? [words] : []) : []

const onlyFrom = new RegExp(
  `(?<!\\S)${anyOf(({ only }) => only)}(?: ${anyOf(({ calendar }) => calendar.articles)})?$`
)
/** Shorter parts of a name are too often other words. */
const minPart = 3

/** Returns the unknown words that may be the start of a name, as in "only from the web". */
const partsIn = (words: ReadonlyArray<Word>) =>
  words.flatMap(({ folded }, index) =>
    folded.length >= minPart && onlyFrom.test(foldedOf(words.slice(Math.max(0, index - 2), index))) &&
      !isUnderstood(words.slice(index, index + 1))
      ? [folded]
      : []
  )

const versus = phrase(
  "vs|versus|against|compared? (?:to|with)|gegen|gegenueber|im vergleich (?:zu|mit)|contra|frente al?"
)

const field = phrase(`${Object.values(introduced).join("|")}|leads?`)
const preposition = phrase(anyOf(({ calendar }) => calendar.before))

export const filtersOf = (words: ReadonlyArray<Word>, names: Names) => {
  const chosen: Array<NamedValue & { readonly word: Word }> = []
  const excluded: Array<string> = []
  const used = new Set<Word>()
  let rest = words
  /** A name such as “★” or “Plus” has no word, so no wish can name it. */
  const named = namedIn(names).map((named) => ({ named, folded: foldedText(named.name) }))
    .filter(({ folded }) => folded !== "")
  const begunBy = (part: string) => named.filter((one) => one.named.key !== "status" && one.folded.startsWith(part))
  const parts = partsIn(words).filter((part) => begunBy(part).length === 1)
  const candidates = named.map(({ folded, named }) => ({
    named,
    folded,
    others: [
      ...otherWordsFor(named, folded),
      ...parts.filter((part) => named.key !== "status" && folded.startsWith(part) && folded !== part)
    ]
  }))
  const exclusionOf = exclusionsIn(words, [...candidates.map(({ folded }) => folded), ...parts], field)
  /** Returns the words of a date that is a name, as in “tagged VIP and 2026” and in “without 2026”. */
  const datedName = ({ folded, named: { key } }: typeof candidates[number]): ReadonlyArray<Word> => {
    const [length, own] = [wordsOf(folded).length, candidates.filter(({ named }) => named.key === key)]
    const names = new Set(own.flatMap(({ folded }) => folded.split(" ")))
    const isListed = (start: number) => {
      const before = words.slice(0, start).findLast(({ folded }) => !names.has(folded) && !between.test(folded))
      return before !== undefined && phrase(introduced[key]).test(before.folded)
    }
    const isExcluded = (start: number) => {
      const exclusion = exclusionOf(start, start + length)
      const at = exclusion === undefined ? -1 : words.indexOf(exclusion.word)
      return at !== -1 && !words.slice(Math.min(at, start), Math.max(at, start))
        .some(({ folded }) => field.test(folded) || preposition.test(folded))
    }
    const at = words.findIndex((_, start) => {
      const found = words.slice(start, start + length)
      return foldedOf(found) === folded && found.every((word) => rest.includes(word)) &&
        (isListed(start) || isExcluded(start))
    })
    return at === -1 ? [] : words.slice(at, at + length)
  }
  for (const candidate of candidates.toSorted((a, b) => b.folded.length - a.folded.length)) {
    const { folded, named, others } = candidate
    if (others.length === 0 && !foldedOf(rest).includes(folded)) continue
    const patterns = [...patternsOf(named, folded), ...others.map(phrase)]
    const taken = patterns.map((pattern) => take(rest, pattern)).find((found) => found !== undefined)
    const kept = new Set(taken?.rest)
    const found = taken !== undefined
      ? rest.filter((word) => !kept.has(word))
      : date.test(folded)
      ? datedName(candidate)
      : []
    const [word] = found
    if (word === undefined) continue
    const start = words.findIndex((one) => one === word)
    const exclusion = exclusionOf(start, start + found.length)
    if (exclusion === undefined) {
      chosen.push({ ...named, word })
    } else {
      const { isAfter, word } = exclusion
      excluded.push(isAfter ? `${named.name} ${word.text}` : `${word.text} ${named.name}`)
      used.add(word)
    }
    rest = rest.filter((one) => !found.includes(one))
  }
  /** In "Portal versus Website", the values of the filter are compared. */
  const compared = versus.test(foldedOf(words))
    ? filterKeys.filter((key) => chosen.filter((one) => one.key === key).length > 1)
    : []
  return { chosen, compared, excluded, rest: rest.filter((word) => !used.has(word)) }
}
