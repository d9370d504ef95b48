import { closest, distance } from "fastest-levenshtein"
import { silent, vocabulary } from "./vocabulary.ts"
import { textOf, type Word } from "./words.ts"

export interface Read {
  readonly text: string
  readonly folded: string
  readonly clause: number
  /** `concepts` is empty for a word that says nothing about a report, and undefined for an unknown word. */
  readonly concepts: ReadonlyArray<string> | undefined
  /** The word of the vocabulary as which a misspelled word is read. */
  readonly spelling?: string
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

const maxEnding = 3
/** Longer endings of one word. With any other ending, as in “Kundenzufriedenheit”, the word means something else. */
const ending =
  /^(?:ungen|lich\w{0,2}|barkeit|keit(?:en)?|ieren|iert\w*|en[ens][rsm]?|sten?|[aei]?[tsc]ion(?:e?s|en)?|ances?|ments?|ssful(?:ly)?|mente|[ai]d[oa]s|[aei]ron|ieron|ables?)$/

/** Returns the concepts of the pattern that the word has, apart from its ending. */
const ofPattern = (word: string): ReadonlyArray<string> | undefined => {
  const pattern = patternOf(word)
  const rest = pattern === undefined ? "" : word.slice(stemOf(pattern).length)
  return rest.length <= maxEnding || ending.test(rest) ? pattern?.concepts : undefined
}

/** Splits a German compound such as `abschlussquote`, `provisionsaufteilung`, or `neukundenanrufe`. */
const ofCompound = (word: string): ReadonlyArray<string> | undefined => {
  for (let at = word.length - minPart; at >= minPart; at--) {
    const second = ofPattern(word.slice(at))
    const start = word.slice(0, at)
    const first = second && (ofPattern(start.replace(/s$/, "")) ?? ofPattern(start) ?? ofCompound(start))
    if (first !== undefined && second !== undefined) return [...first, ...second]
  }
  return undefined
}

/** Shorter unknown words are too often similar to a word of the vocabulary. */
const minMisspelled = 6
const spellings = [...new Set(single.map(stemOf))].filter((word) => word.length >= minMisspelled - 1)

/** Two letters may be wrong only in a long word. In a short word, another letter makes another word too often. */
const isNear = (word: string, nearest: string): boolean => {
  const wrong = distance(word, nearest)
  const most = word.length >= 10 ? 2 : 1
  return wrong <= most && (word.length >= 8 || word.length !== nearest.length) && nearest[0] === word[0] &&
    nearest.at(-1) === word.at(-1)
}

const ofMisspelled = (word: string) => {
  if (word.length < minMisspelled) return undefined
  const nearest = closest(word, spellings)
  return isNear(word, nearest) ? patternOf(nearest) : undefined
}

const readingOf = (word: string, names: ReadonlySet<string>): Pick<Read, "concepts" | "spelling"> => {
  if (word.length > maxLength) return { concepts: undefined }
  if (silent.has(word)) return { concepts: [] }
  const concepts = ofPattern(word) ?? (names.has(word) ? [word] : ofCompound(word))
  const nearest = concepts === undefined ? ofMisspelled(word) : undefined
  return nearest === undefined ? { concepts } : { concepts: nearest.concepts, spelling: stemOf(nearest) }
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
      ...(phrase === undefined ? readingOf(folded, names) : { concepts: phrase.concepts })
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

const germanPeriods: ReadonlyArray<readonly [start: RegExp, words: ReadonlyArray<string>]> = [
  [/^tages(?!tag)(?=\p{L}{3})/u, ["taeglich"]],
  [/^wochen(?!tag)(?=\p{L}{3})/u, ["woechentlich"]],
  [/^monats(?!tag)(?=\p{L}{3})/u, ["monatlich"]],
  [/^quartals(?!tag)(?=\p{L}{3})/u, ["quartalsweise"]],
  [/^jahres(?!tag)(?=\p{L}{3})/u, ["dieses", "jahr"]]
]

/** The German word “Wochenumsatz” is read as “wöchentlich Umsatz”, and “Jahresziel” as “dieses Jahr Ziel”. */
export const withPeriods = (words: ReadonlyArray<Word>): ReadonlyArray<Word> =>
  words.flatMap((word) => {
    const [start, before = []] = germanPeriods.find(([one]) => one.test(word.folded)) ?? []
    const rest = start === undefined ? "" : word.folded.replace(start, "")
    const [{ concepts = [] } = {}] = rest === "" ? [] : read([{ ...word, folded: rest }], new Set())
    return concepts.length === 0 ? [word] : [...before, rest].map((folded) => ({ ...word, folded }))
  })
