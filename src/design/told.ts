import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import type { Answered } from "./answers.ts"
import type { Card } from "./Card.ts"
import { isUsed } from "./cardsFor.ts"
import type { Note } from "./draftOf.ts"
import { phrase } from "./exclusions.ts"
import { lowest, mine, severalMeanings } from "./languages/doubts.ts"
import type { Read } from "./read.ts"
import type { namesFor } from "./scopes.ts"
import { take, textOf, type Word } from "./words.ts"

const [ofMine, ofLowest] = [phrase(mine), phrase(lowest)]
const ofSeveral = new RegExp(`^(?:${severalMeanings})$`)

/** Returns the words that ask for the rows of the writer. */
export const ownRowsIn = (words: ReadonlyArray<Word>): string | undefined => take(words, ofMine)?.text

/** A metric has only one of these states, so it leaves out the others. */
const states = ["open", "pipeline", "won", "lost", "overdue", "completed", "pending", "inbound", "outbound"]
const excludable = new Set([...states, "new", "deal", "never"])

/** Returns the words of a negated clause, such as "not won" in "deals created but not won", that excluded nothing. */
export const ineffective = (answers: ReadonlyArray<Answered>): ReadonlyArray<string> =>
  answers.flatMap(({ clause }, at) => {
    const before = answers.slice(0, at).findLast((one) => !one.clause.isNegated && one.matches.length > 0)
    const isOfStates = clause.isNegated && clause.concepts.every((one) => excludable.has(one)) &&
      clause.concepts.some((one) => states.includes(one))
    const isExcluded = before?.matches.every(({ indexed: { names } }) =>
      states.some((one) => names.has(one) && !clause.concepts.includes(one))
    )
    const isMeant = before !== undefined && !before.clause.concepts.includes("overview")
    return isOfStates && isMeant && isExcluded !== true ? [textOf(clause.words)] : []
  })

const usedIn = (answers: ReadonlyArray<Answered>, isMeant: (word: Read) => boolean) =>
  answers.flatMap(({ clause, matches }) => {
    const [first] = matches
    const words = clause.words.filter((word) => isMeant(word) && isUsed(word, matches))
    return first === undefined
      ? []
      : words.map((word) => ({ word, names: first.indexed.names, metricId: first.indexed.entry.id }))
  })

const maxReadings = 3

/** Each word is told only once. */
const firstOf = (used: ReturnType<typeof usedIn>) =>
  [...Map.groupBy(used, ({ word }) => word.folded).values()].flatMap((same) => same.slice(0, 1)).slice(0, maxReadings)

/** Says how words with several meanings, or with a wrong letter, were read. */
export const readings = (answers: ReadonlyArray<Answered>): ReadonlyArray<Note> => {
  const several = usedIn(answers, ({ folded }) => ofSeveral.test(folded))
    .filter(({ names, word }) => word.concepts?.join() !== "seller" || !names.has("seller"))
  const misspelled = usedIn(answers, ({ spelling }) => spelling !== undefined)
  return [
    ...firstOf(misspelled)
      .map(({ word: { spelling = "", text } }): Note => (t) => t.spelling({ word: text, read: spelling })),
    ...firstOf(several)
      .map(({ metricId, word }): Note => (t, labelOf) => t.meaning({ word: word.text, label: labelOf(metricId) }))
  ]
}

/** Without a fixed order of its values, a category is a ranking, too. */
const isRanking = ({ dimensions, shape }: CatalogEntry) =>
  shape === "leaderboard" || (shape === "category" && dimensions.every(({ values }) => values.length === 0))

/** A ranking begins with the highest value, and shows everybody. */
export const rankingNotes = (
  shown: ReadonlyArray<CatalogEntry>,
  answers: ReadonlyArray<Answered>,
  unused: ReadonlyArray<string>
): ReadonlyArray<Note> => {
  const clauses = shown.some(isRanking) ? answers.flatMap(({ clause }) => clause.isNegated ? [] : [clause]) : []
  const isOfLowest = take(clauses.flatMap(({ words }) => words), ofLowest) !== undefined
  const isRanked = clauses.some(({ concepts }) => concepts.includes("ranking"))
  const amount = isRanked ? unused.find((text) => /^\d{1,3}$/.test(text)) : undefined
  return [
    ...(isOfLowest ? [(t) => t.lowest()] satisfies ReadonlyArray<Note> : []),
    ...(amount !== undefined ? [(t) => t.all({ amount })] satisfies ReadonlyArray<Note> : [])
  ]
}

export const hasName = ({ filters = {} }: Card, { value }: { readonly value: string }): boolean =>
  Object.values(filters).some((values) => values.includes(value))

type Chosen = ReturnType<ReturnType<typeof namesFor>>

/** Names the cards that a filter of the wish does not apply to, if it applies to others. */
export const unfilteredNotes = (
  answers: ReadonlyArray<Answered>,
  namesOf: ReturnType<typeof namesFor>,
  chosen: Chosen
): ReadonlyArray<Note> =>
  chosen.flatMap((one): ReadonlyArray<Note> => {
    const meant = answers.filter(({ clause }) => namesOf(clause.words[0]?.clause).includes(one))
      .flatMap(({ cards }) => cards)
    const without = new Set(meant.filter((card) => !hasName(card, one)).map(({ metricId }) => metricId))
    const isNoted = without.size > 0 && meant.some((card) => hasName(card, one))
    return isNoted
      ? [(t, labelOf) => t.unfiltered({ name: one.name, labels: [...without].map(labelOf).join(", ") })]
      : []
  })
