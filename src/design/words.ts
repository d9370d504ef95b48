export interface Word {
  readonly text: string
  /** `folded` is in lower case, without accents. */
  readonly folded: string
  readonly clause: number
}

const german: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" }

const fold = (text: string): string =>
  text.normalize("NFC").toLowerCase().replaceAll(/[äöüß]/g, (letter) => german[letter] ?? letter)
    .normalize("NFD").replaceAll(/\p{M}/gu, "")

const conjunctions = new Set(["and", "und", "sowie", "y", "plus", "&", "+"])

/**
 * A genitive `'s` is dropped, and a contraction such as `isn't` is one word. A point after a figure, as in “5. Mai”, ends
 * no clause.
 */
const pattern = /\p{L}+n['’]t(?!\p{L})|[\p{L}\p{N}]+|(?<=\p{L})['’]s\b|[,;!?:\n&+–—]|(?<!\d)\./gu
const isWord = (text: string) => /[\p{L}\p{N}]/u.test(text)

/** `isn't` and `won't` say the same as `not`. */
const foldedWord = (part: string) => /['’]/.test(part) ? "not" : fold(part)

export const wordsOf = (text: string): ReadonlyArray<Word> => {
  let clause = 0
  return (text.match(pattern) ?? []).flatMap((part) => {
    if (/^['’]/.test(part)) return []
    const folded = foldedWord(part)
    if (isWord(part) && !conjunctions.has(folded)) return [{ text: part, folded, clause }]
    clause += 1
    return []
  })
}

export const foldedOf = (words: ReadonlyArray<Word>): string => words.map(({ folded }) => folded).join(" ")

export const foldedText = (text: string): string => foldedOf(wordsOf(text))

/** A compound such as “Jahrespipeline” is several words with the same text. */
export const textOf = (words: ReadonlyArray<{ readonly text: string }>): string =>
  words.flatMap(({ text }, at) => text === words[at - 1]?.text ? [] : [text]).join(" ")

export interface Taken {
  readonly text: string
  readonly found: ReadonlyArray<string>
  readonly rest: ReadonlyArray<Word>
}

const startsOf = (words: ReadonlyArray<Word>) => {
  let length = 0
  return words.map(({ folded }) => {
    const start = length
    length += folded.length + 1
    return start
  })
}

export const take = (words: ReadonlyArray<Word>, phrase: RegExp): Taken | undefined => {
  const match = phrase.exec(foldedOf(words))
  if (match === null) return undefined
  const [start, end] = [match.index, match.index + match[0].length]
  const starts = startsOf(words)
  const isTaken = (_: Word, index: number) => (starts[index] ?? 0) >= start && (starts[index] ?? 0) < end
  return {
    text: textOf(words.filter(isTaken)),
    found: [...match].map((group) => group ?? ""),
    rest: words.filter((word, index) => !isTaken(word, index))
  }
}
