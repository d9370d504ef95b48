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

/** A name of understood words, such as the status New, or of a date is found only after the name of its field. */
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
  for (const { folded, named, others } of candidates.toSorted((a, b) => b.folded.length - a.folded.length)) {
    if (others.length === 0 && !foldedOf(rest).includes(folded)) continue
    const patterns = [...patternsOf(named, folded), ...others.map(phrase)]
    const taken = patterns.map((pattern) => take(rest, pattern)).find((found) => found !== undefined)
    if (taken === undefined) continue
    const kept = new Set(taken.rest)
    const found = rest.filter((word) => !kept.has(word))
    const [word] = found
    const start = words.findIndex((one) => one === word)
    const exclusion = exclusionOf(start, start + found.length)
    if (exclusion === undefined) {
      if (word !== undefined) chosen.push({ ...named, word })
    } else {
      const { isAfter, word } = exclusion
      excluded.push(isAfter ? `${named.name} ${word.text}` : `${word.text} ${named.name}`)
      used.add(word)
    }
    rest = taken.rest
  }
  /** In "Portal versus Website", the values of the filter are compared. */
  const compared = versus.test(foldedOf(words))
    ? filterKeys.filter((key) => chosen.filter((one) => one.key === key).length > 1)
    : []
  return { chosen, compared, excluded, rest: rest.filter((word) => !used.has(word)) }
}
