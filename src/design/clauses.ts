import type { MetricIndex } from "./metricIndex.ts"
import type { Read } from "./read.ts"
import { anyOf, modifiers, subjects } from "./vocabulary.ts"

export interface Clause {
  readonly words: ReadonlyArray<Read>
  readonly concepts: ReadonlyArray<string>
  /** The wish excludes the subjects of this clause. */
  readonly isNegated: boolean
}

const contrast = new RegExp(`^${anyOf(({ contrasts }) => contrasts)}$`)
const negation = new RegExp(`^${anyOf(({ negations }) => negations)}(?!\\S)`)
const negationAtEnd =
  /(?:^| )(?:excluded|left out|omitted|nicht|ausgenommen|weglassen|auslassen|weg|ausblenden|excluid[oa]s?|aparte|fuera)$/

const isSilent = ({ concepts }: Read) => concepts !== undefined && concepts.length === 0

/** "say" is silent in "don't say calls", so a negation may come after silent words. */
const startsWithNegation = (words: ReadonlyArray<Read>) =>
  words.some((_, index) =>
    words.slice(0, index).every(isSilent) && negation.test(words.slice(index).map(({ folded }) => folded).join(" "))
  )

const conceptsIn = (words: ReadonlyArray<Read>) => words.flatMap(({ concepts = [] }) => concepts)

const nor = /(?:^| )(?:or|nor|oder|noch|o|ni)(?: |$)/

/** "not called leads" is about leads, so a negation excludes two subjects only as in "no calls or mails". */
const isNegatedIn = (words: ReadonlyArray<Read>) => {
  const concepts = conceptsIn(words)
  const content = concepts.filter((one) => one !== "never" && one !== "overview")
  const about = new Set(content.filter((one) => subjects.has(one)))
  const isOfSeveral = !about.has("lead") && nor.test(words.map(({ folded }) => folded).join(" "))
  if (content.length === 0 || (about.size > 1 && !isOfSeveral) || content.includes("first")) return false
  return startsWithNegation(words) || negationAtEnd.test(words.map(({ folded }) => folded).join(" "))
}

/** In "everything except tasks", the second part is a clause of its own. */
const exceptionIn = (words: ReadonlyArray<Read>): number => {
  const start = words.findIndex((word, index) =>
    index > 0 && negation.test(words.slice(index).map(({ folded }) => folded).join(" ")) && !isSilent(word) ||
    index > 0 && negation.test(word.folded)
  )
  const [before, after] = [conceptsIn(words.slice(0, start)), conceptsIn(words.slice(start))]
  const isWide = before.includes("overview") ||
    (before.some((one) => !modifiers.has(one) && one !== "lead") && !before.includes("lead") &&
      !before.includes("never"))
  const isAbout = after.some((one) => subjects.has(one)) || (before.includes("overview") && after.length > 0)
  return start > 0 && isWide && isAbout ? start : words.length
}

const splitAt = (words: ReadonlyArray<Read>, at: number) => [words.slice(0, at), words.slice(at)]

const splitAtContrasts = (words: ReadonlyArray<Read>): ReadonlyArray<ReadonlyArray<Read>> => {
  const at = words.findIndex(({ folded }, index) => index > 0 && contrast.test(folded))
  return at === -1 ? [words] : [words.slice(0, at), ...splitAtContrasts(words.slice(at))]
}

const relative = /^(?:that|which|que)$/
const germanRelative = /^(?:die|der|das|deren|dessen)$/
const verbAtEnd = /^(?:wurden?|sind|ist|haben|hat|waren?|werden|wird)$/

/** "leads, that nobody called" is one clause. */
const isRelative = (words: ReadonlyArray<Read>) => {
  const [first = "", last = ""] = [words[0]?.folded, words.at(-1)?.folded]
  return relative.test(first) || (germanRelative.test(first) && verbAtEnd.test(last))
}

const withRelatives = (groups: ReadonlyArray<ReadonlyArray<Read>>) => {
  const starts = groups.flatMap((group, index) => index > 0 && isRelative(group) ? [] : [index])
  return starts.map((start, index) => groups.slice(start, starts[index + 1]).flat())
}

export const clausesOf = (words: ReadonlyArray<Read>): ReadonlyArray<Clause> =>
  withRelatives([...Map.groupBy(words, ({ clause }) => clause).values()])
    .flatMap(splitAtContrasts)
    .flatMap((part) => splitAt(part, exceptionIn(part)))
    .filter((part) => part.length > 0)
    .map((part) => ({ words: part, concepts: conceptsIn(part), isNegated: isNegatedIn(part) }))

/** Concepts that describe a subject, as in "inbound and outbound calls". */
const adjectives = new Set(["inbound", "outbound", "open", "won", "lost", "new", "completed", "overdue", "pending"])

/** The concepts by which a number is split. */
const splits = new Set([
  "source",
  "status",
  "stage",
  "tag",
  "type",
  "person",
  "outcome",
  "direction",
  "ranking",
  "trend"
])

/** These subjects can be overdue. */
const dated = new Set(["deal", "task"])

/** In "overdue deals and tasks" and "overdue? tasks and deals", both are overdue. */
const isOverdue = (earlier: ReadonlyArray<Clause>): boolean => {
  const before = earlier.findLast(({ concepts }) => !concepts.every((one) => dated.has(one)))
  return before !== undefined && !before.isNegated && before.concepts[0] === "overdue" &&
    before.concepts.slice(1).every((one) => dated.has(one))
}

/**
 * A clause without a subject takes that of an earlier clause, as in "leads by source and status", or of a later one, as
 * in "inbound and outbound calls". A clause of splits alone takes all else, as in "revenue by person and source".
 */
export const withSubject = (
  clauses: ReadonlyArray<Clause>,
  index: number,
  find: MetricIndex["find"]
): ReadonlyArray<string> => {
  const { concepts } = clauses[index] ?? { concepts: [] }
  const isSubject = (one: string) => subjects.has(one)
  if (concepts.length > 0 && concepts.every((one) => dated.has(one)) && isOverdue(clauses.slice(0, index))) {
    return [...concepts, "overdue"]
  }
  if (concepts.length === 0 || concepts.some(isSubject)) return concepts
  const isAsked = (clause: Clause) => !clause.isNegated && clause.concepts.length > 0
  const earlier = clauses.slice(0, index).filter(isAsked).toReversed()
  const [before] = earlier
  const content = before?.concepts.filter((one) => !splits.has(one)) ?? []
  const later = concepts.every((one) => adjectives.has(one)) ? clauses.slice(index + 1).filter(isAsked) : []
  const inherited = concepts.every((one) => splits.has(one)) && content.length > 0
    ? content
    : [...earlier, ...later].flatMap((clause) => clause.concepts.filter(isSubject)).slice(0, 1)
  const more = [...concepts, ...inherited]
  return find(more).found.length > 0 ? more : concepts
}
