import { read } from "./read.ts"
import type { Word } from "./words.ts"

const periods: ReadonlyArray<readonly [start: RegExp, words: ReadonlyArray<string>]> = [
  [/^tages(?!tag)(?=\p{L}{3})/u, ["taeglich"]],
  [/^wochen(?!tag)(?=\p{L}{3})/u, ["woechentlich"]],
  [/^monats(?!tag)(?=\p{L}{3})/u, ["monatlich"]],
  [/^quartals(?!tag)(?=\p{L}{3})/u, ["quartalsweise"]],
  [/^jahres(?!tag)(?=\p{L}{3})/u, ["dieses", "jahr"]]
]

/** The German word “Wochenumsatz” is read as “wöchentlich Umsatz”, and “Jahresziel” as “dieses Jahr Ziel”. */
export const withPeriods = (words: ReadonlyArray<Word>): ReadonlyArray<Word> =>
  words.flatMap((word) => {
    const [start, before = []] = periods.find(([one]) => one.test(word.folded)) ?? []
    const rest = start === undefined ? "" : word.folded.replace(start, "")
    const [{ concepts = [] } = {}] = rest === "" ? [] : read([{ ...word, folded: rest }], new Set())
    return concepts.length === 0 ? [word] : [...before, rest].map((folded) => ({ ...word, folded }))
  })
