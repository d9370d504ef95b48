import { type Card, isSame } from "./Card.ts"
import { isUsed, type Match } from "./cardsFor.ts"
import type { Clause } from "./clauses.ts"
import { isReport } from "./occasions.ts"
import { asksForTarget } from "./targets.ts"
import { subjects, vague } from "./vocabulary.ts"

/** A clause, and what the draft shows of it. */
export interface Answered {
  readonly clause: Clause
  readonly matches: ReadonlyArray<Match>
  readonly cards: ReadonlyArray<Card>
}

const only = /^(?:only|just|nur|lediglich|solo|solamente|unicamente)$/

/** "Only clients" is about all other clauses. */
export const isOnlyClients = ({ concepts, words }: Clause) =>
  only.test(words[0]?.folded ?? "") && concepts.length > 0 && concepts.every((concept) => concept === "client")

/** In "mails this month, only sent", the second clause says which of the first are wanted. */
export const narrowed = (one: Answered, next: Answered | undefined): Answered => {
  const isBare = one.clause.concepts.every((concept) => subjects.has(concept) || vague.has(concept))
  const isBareClients = next !== undefined && isOnlyClients(one.clause)
  if (isBareClients) return { ...one, matches: next.matches, cards: next.cards }
  const isNarrowing = next !== undefined && only.test(next.clause.words[0]?.folded ?? "") &&
    !next.clause.concepts.some((concept) => subjects.has(concept)) && next.cards.length > 0
  return isBare && isNarrowing && one.cards.length > 0 ? { ...one, cards: next.cards } : one
}

const isContent = ({ concepts, folded }: Clause["words"][number]) =>
  concepts === undefined ? !isReport(folded) : concepts.length > 0

/** Returns the words of the clause that changed nothing in the draft. */
export const missingOf = (
  { cards: own, clause, matches }: Answered,
  cards: ReadonlyArray<Card>,
  hasTarget: boolean
): ReadonlyArray<string> => {
  const isInDraft = own.some((card) => cards.some((other) => isSame(card, other)))
  return clause.isNegated
    ? []
    : clause.words.filter((word) =>
      isContent(word) && !(isInDraft && isUsed(word, matches)) && !(hasTarget && asksForTarget([word]))
    ).map(({ text }) => text)
}

/** A wish of such words gets the overview, as in "everything except tasks". */
export const isWide = (clauses: ReadonlyArray<Clause>) => {
  const words = clauses.filter(({ isNegated }) => !isNegated).flatMap((clause) => clause.words)
  const isWideWord = ({ concepts, folded }: typeof words[number]) =>
    isReport(folded) || (concepts !== undefined && concepts.length > 0 && concepts.every((one) => one === "overview"))
  return words.some(isWideWord) && words.every((word) => isWideWord(word) || word.concepts?.length === 0)
}
