import { closest, distance } from "fastest-levenshtein"
import { silent, vocabulary } from "./vocabulary.ts"
import { textOf, type Word } from "./words.ts"

export interface Read {
  readonly text: string
  readonly folded: string
  readonly clause: number
  /** `concepts` is empty for a word that says nothing about a report, and undefined for an unknown word. */
  readonly concepts: ReadonlyArray<string> | undefined
}

type Phrase = typeof vocabulary[number]

const isMatch = (pattern: string, word: string | undefined): boolean =>
  word !== undefined && (pattern.endsWith("*") ? word.startsWith(pattern.slice(0, -1)) : word === pattern)

const stemOf = ({ words }: Phrase) => words.join(" ").replace("*", "")

/** Longer patterns are tried first. Of two with the same number of letters, the one without `*` is first. */
const rankOf = (phrase: Phrase) => phrase.words.join(" ").length - (stemOf(phrase) === phrase.words.join(" ") ? 0 : 1.5)

const longestFirst = (phrases: ReadonlyArray<Phrase>) => phrases.toSorted((a, b) => rankOf(b) - rankOf(a))

const single = longestFirst(vocabulary.filter(({ words }) => words.length === 1))
const several = longestFirst(vocabulary.filter(({ words }) => words.length > 1))
const byFirstLetter = Map.groupBy(single, (phrase) => stemOf(phrase).slice(0, 1))

const patternOf = (word: string) =>
  byFirstLetter.get(word.slice(0, 1))?.find(({ words: [pattern = ""] }) => isMatch(pattern, word))

const maxLength = 40
const minPart = 3

/** Splits a German compound such as `abschlussquote` or `provisionsaufteilung`. */
const ofCompound = (word: string): ReadonlyArray<string> | undefined => {
  for (let at = word.length - minPart; at >= minPart; at--) {
    const second = patternOf(word.slice(at))
    const start = word.slice(0, at)
    const first = second && (patternOf(start.replace(/s$/, "")) ?? patternOf(start))
    if (first !== undefined && second !== undefined) return [...first.concepts, ...second.concepts]
  }
  return undefined
}

/** Shorter unknown words are too often similar to a word of the vocabulary. */
const minMisspelled = 6
const spellings = [...new Set(single.map(stemOf))].filter((word) => word.length >= minMisspelled - 1)

const ofMisspelled = (word: string): ReadonlyArray<string> | undefined => {
  if (word.length < minMisspelled) return undefined
  const nearest = closest(word, spellings)
  const isNear = distance(word, nearest) <= (word.length < 8 ? 1 : 2) && nearest.startsWith(word.slice(0, 1))
  return isNear ? patternOf(nearest)?.concepts : undefined
}

const maxEnding = 3

const conceptsOf = (word: string, names: ReadonlySet<string>): ReadonlyArray<string> | undefined => {
  if (word.length > maxLength) return undefined
  if (silent.has(word)) return []
  const pattern = patternOf(word)
  if (pattern !== undefined && word.length - stemOf(pattern).length <= maxEnding) return pattern.concepts
  if (names.has(word)) return [word]
  return ofCompound(word) ?? pattern?.concepts ?? ofMisspelled(word)
}

const phraseAt = (words: ReadonlyArray<Word>, start: number) =>
  several.find((phrase) => phrase.words.every((pattern, offset) => isMatch(pattern, words[start + offset]?.folded)))

export const read = (words: ReadonlyArray<Word>, names: ReadonlySet<string>): ReadonlyArray<Read> => {
  const found: Array<Read> = []
  for (let index = 0; index < words.length;) {
    const phrase = phraseAt(words, index)
    const covered = words.slice(index, index + (phrase?.words.length ?? 1))
    const [{ clause, folded } = { clause: 0, folded: "" }] = covered
    found.push({
      text: textOf(covered),
      folded: covered.map((word) => word.folded).join(" "),
      clause,
      concepts: phrase?.concepts ?? conceptsOf(folded, names)
    })
    index += covered.length
  }
  return found
}

/** With `keepsUnknown`, unknown words become concepts of their own. */
export const conceptsIn = (words: ReadonlyArray<Word>, keepsUnknown: boolean): ReadonlyArray<string> => {
  const found = new Set<string>()
  for (let index = 0; index < words.length;) {
    const phrase = phraseAt(words, index)
    const { folded = "" } = words[index] ?? {}
    const unknown = keepsUnknown && !silent.has(folded) ? [folded] : []
    for (const concept of phrase?.concepts ?? patternOf(folded)?.concepts ?? unknown) found.add(concept)
    index += phrase?.words.length ?? 1
  }
  return [...found]
}

export const isUnderstood = (words: ReadonlyArray<Word>): boolean =>
  words.every(({ folded }) => silent.has(folded) || patternOf(folded) !== undefined)
