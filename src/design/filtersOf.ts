import type { Options } from "../domain/Options.ts"
import { exclusionsIn, phrase } from "./exclusions.ts"
import { isUnderstood } from "./read.ts"
import { foldedText, take, type Word, wordsOf } from "./words.ts"

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

/** A name of understood words, such as the status New, is found only after the name of its field. */
const patternsOf = ({ key, name }: NamedValue, folded: string): ReadonlyArray<RegExp> => {
  const after = phrase(`${introduced[key]}(?: is| ist| es)? ${folded}`)
  return isUnderstood(wordsOf(name))
    ? [after]
    : [after, phrase(`${folded}${folded.length < minPlural ? "" : "(?:e?s|e?n)?"}`)]
}

const field = phrase(`${Object.values(introduced).join("|")}|leads?`)

export const filtersOf = (words: ReadonlyArray<Word>, names: Names) => {
  const chosen: Array<NamedValue> = []
  const excluded: Array<string> = []
  const used = new Set<Word>()
  let rest = words
  const candidates = namedIn(names).map((named) => ({ named, folded: foldedText(named.name) }))
  const exclusionOf = exclusionsIn(words, candidates.map(({ folded }) => folded), field)
  for (const { folded, named } of candidates.toSorted((a, b) => b.folded.length - a.folded.length)) {
    if (folded === "" || !rest.map((word) => word.folded).join(" ").includes(folded)) continue
    const taken = patternsOf(named, folded).map((pattern) => take(rest, pattern)).find((found) => found !== undefined)
    if (taken === undefined) continue
    const kept = new Set(taken.rest)
    const found = rest.filter((word) => !kept.has(word))
    const start = words.findIndex((word) => word === found[0])
    const exclusion = exclusionOf(start, start + found.length)
    if (exclusion === undefined) {
      chosen.push(named)
    } else {
      const { isAfter, word } = exclusion
      excluded.push(isAfter ? `${named.name} ${word.text}` : `${word.text} ${named.name}`)
      used.add(word)
    }
    rest = taken.rest
  }
  return { chosen, excluded, rest: rest.filter((word) => !used.has(word)) }
}
