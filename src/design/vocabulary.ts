import { others } from "./languages/doubts.ts"
import { english } from "./languages/english.ts"
import { german } from "./languages/german.ts"
import type { Language } from "./languages/Language.ts"
import { spanish } from "./languages/spanish.ts"

export const languages: ReadonlyArray<Language> = [english, german, spanish]

/** Returns an alternative of a regular expression for each language. */
export const anyOf = (part: (language: Language) => string | undefined): string =>
  `(?:${languages.flatMap((language) => part(language) || []).join("|")})`

/** A clause of subjects and these concepts, without `person`, gets the first metrics of its subjects. */
export const vague: ReadonlySet<string> = new Set([
  "person",
  "ranking",
  "count",
  "trend",
  "overview",
  "new",
  "unassigned"
])

export const modifiers: ReadonlySet<string> = new Set([...vague, "average", "time", "never", "open", "first"])

export const subjects: ReadonlySet<string> = new Set(["lead", "deal", "task", "call", "email"])

export const silent: ReadonlySet<string> = new Set(languages.flatMap(({ silent }) => silent.split(/\s+/)))

export const pronouns: ReadonlySet<string> = new Set(languages.flatMap(({ pronouns }) => pronouns.split(", ")))

interface Phrase {
  readonly words: ReadonlyArray<string>
  readonly concepts: ReadonlyArray<string>
}

const phrasesOf = ([concepts, alternatives]: readonly [string, string]): ReadonlyArray<Phrase> =>
  alternatives.split(", ").map((phrase) => ({ words: phrase.split(" "), concepts: concepts.split(" ") }))

export const vocabulary: ReadonlyArray<Phrase> = [...languages.map(({ concepts }) => concepts), others].flatMap((all) =>
  Object.entries(all).flatMap(phrasesOf)
)
