import { completed } from "./completed.ts"
import type { Indexed, MetricIndex } from "./metricIndex.ts"
import type { Read } from "./read.ts"
import { pronouns, subjects, vague } from "./vocabulary.ts"

/** A metric for a clause, with the concepts of the clause that it shows. */
export interface Match {
  readonly indexed: Indexed
  readonly groupBy?: string
  /** The clause asks for clients, and the metric shows them only by a filter. */
  readonly isOfClients?: true
  readonly shown: ReadonlySet<string>
}

/** A concept may also be shown by a metric of these other concepts. */
const alsoShownBy: Readonly<Record<string, ReadonlyArray<string>>> = {
  close: ["won", "forecast"],
  completed: ["won"],
  won: ["forecast", "close"],
  pipeline: ["forecast"],
  buyer: ["type"],
  seller: ["type"],
  type: ["buyer"],
  success: ["connect"],
  duration: ["talk", "time"],
  time: ["duration", "talk"],
  talk: ["call"],
  inbound: ["direction"],
  outbound: ["direction", "connect"],
  direction: ["inbound", "outbound"],
  open: ["pipeline", "pending"],
  reply: ["first"],
  client: ["conversion"],
  conversion: ["client"]
}

const groupingOf = ({ dimensions, entry, names }: Indexed, concepts: ReadonlyArray<string>) =>
  dimensions.find(({ concepts: own, key }) =>
    entry.groupBys.includes(key) && own.length > 0 && own.every((one) => concepts.includes(one) && !names.has(one))
  )

/** These concepts do not say which rate is meant. */
const unsaying: ReadonlySet<string> = new Set([...subjects, ...vague, "rate", "source", "type", "status"])

const isSaid = (concept: string, said: ReadonlyArray<string>): boolean =>
  said.includes(concept) || said.some((one) => one !== "outbound" && alsoShownBy[one]?.includes(concept) === true)

const matchOf = (found: Indexed, concepts: ReadonlyArray<string>, { overTime }: MetricIndex): Match => {
  const [dimension] = found.dimensions
  const isOfAskedDimension = dimension?.concepts.every((one) => concepts.includes(one)) === true
  const [indexed, key] = (concepts.includes("trend") && isOfAskedDimension ? overTime(found) : undefined) ?? [found]
  const grouping = indexed.dimensions.find((one) => one.key === key) ?? groupingOf(indexed, concepts)
  const { entry } = indexed
  /** In "call rate", no word says which rate. */
  const isRated = [...indexed.names].some((one) => !unsaying.has(one) && isSaid(one, concepts))
  const shown = new Set([
    "count",
    "overview",
    ...[...indexed.names, ...found.names].filter((one) => one !== "rate" || isRated),
    entry.category.replace(/s$/, ""),
    ...(grouping ? [...grouping.concepts, ...grouping.values] : []),
    ...(entry.shape === "category" || entry.shape === "leaderboard"
      ? [
        ...(entry.shape === "leaderboard" || isOfAskedDimension ? ["ranking"] : []),
        "breakdown",
        ...indexed.dimensions.flatMap(({ concepts, values }) => [...concepts, ...values])
      ]
      : []),
    ...(entry.shape === "timeseries" ? ["trend"] : []),
    ...(entry.category === "leads" ? ["new"] : []),
    ...(entry.unit === "money" ? ["value"] : []),
    ...(entry.unit === "percent" && isRated ? ["rate"] : [])
  ])
  return { indexed, shown, ...(grouping !== undefined && { groupBy: grouping.key }) }
}

/** "How much commission did we earn" is about the money of commissions. */
const isOfCommission = (concept: string) => concept === "won" || concept === "value"

const isShown = (concept: string, shown: ReadonlySet<string>) =>
  shown.has(concept) || (shown.has("commission") && isOfCommission(concept)) ||
  alsoShownBy[concept]?.some((one) => shown.has(one)) === true

/** Says whether the word did something to the draft, or says nothing about a report. */
export const isUsed = ({ concepts, folded }: Read, matches: ReadonlyArray<Match>): boolean =>
  concepts !== undefined &&
  (pronouns.has(folded) ||
    concepts.every((one) =>
      (one === "person" && concepts.includes("ranking")) || matches.some(({ shown }) => isShown(one, shown))
    ))

const heads = new Set(["rate", "value", "time", "duration"])
const measured = /(?:rate|quote|zeit|dauer|wert|anteil|kosten|marge)$/
const linking = new Set(["of", "de", "del", "der", "des", "von"])

/** Returns the words of a measure that no metric has, such as "bounce rate", although one of the words is known. */
const unknownMeasure = (words: ReadonlyArray<Read>, matches: ReadonlyArray<Match>): boolean =>
  words.some((word, index) => {
    const { concepts, folded } = word
    if (concepts === undefined) return measured.test(folded) && folded.length > 6
    if (concepts.length !== 1 || !heads.has(concepts[0] ?? "") || folded.includes(" ")) return false
    const [previous, next, second] = [words[index - 1], words[index + 1], words[index + 2]]
    const qualifier = next !== undefined && linking.has(next.folded) ? second : undefined
    const isForeign = (one: Read | undefined) =>
      one !== undefined && (one.concepts === undefined || (concepts[0] === "rate" && !isUsed(one, matches)))
    return isForeign(previous) || isForeign(qualifier)
  })

/** Finds each label of a metric that stands in the clause word for word. A label of one word must be all of it. */
const labelled = (words: ReadonlyArray<Read>, entries: ReadonlyArray<Indexed>) => {
  const isContent = ({ concepts }: Read) => concepts === undefined || concepts.length > 0
  const content = words.filter(isContent).map(({ folded }) => folded).join(" ")
  let text = ` ${words.map(({ folded }) => folded).join(" ")} `
  const found: Array<Indexed> = []
  for (const indexed of entries.toSorted((a, b) => b.label.length - a.label.length)) {
    const isWhole = indexed.label === content
    if (!isWhole && !(indexed.label.includes(" ") && text.includes(` ${indexed.label} `))) continue
    found.push(indexed)
    text = text.replace(` ${indexed.label} `, " / ")
  }
  return found
}

const unusedOf = (words: ReadonlyArray<Read>, matches: ReadonlyArray<Match>) =>
  words.filter((word) => !isUsed(word, matches)).length

const leastBy = <A>(some: ReadonlyArray<A>, amount: (one: A) => number): ReadonlyArray<A> => {
  const least = Math.min(...some.map(amount))
  return some.filter((one) => amount(one) === least)
}

/**
 * Keeps the matches that leave the fewest words unused, and of these the ones whose names say the least besides. A
 * leaderboard or a category says the same as a grouped course.
 */
const bestOf = (matches: ReadonlyArray<Match>, words: ReadonlyArray<Read>, concepts: ReadonlyArray<string>) => {
  const said = new Set(concepts.flatMap((one) => [one, ...(alsoShownBy[one] ?? [])]))
  const unsaid = ({ indexed: { names } }: Match) => [...names].filter((one) => !said.has(one) && !vague.has(one)).length
  const grouped = ({ groupBy }: Match) => groupBy === undefined || concepts.includes("trend") ? 0 : 1
  const best = leastBy(leastBy(leastBy(matches, (one) => unusedOf(words, [one])), unsaid), grouped)
  return best.slice(0, unusedOf(words, best.slice(0, 1)) > 0 ? 1 : 2)
}

/** "Clients by source" is about the leads with the status of a client. */
const ofClients = (match: Match): Match => {
  const { entry: { category, filters } } = match.indexed
  return category !== "leads" || isShown("client", match.shown) || !filters.includes("status")
    ? match
    : { ...match, isOfClients: true, shown: new Set([...match.shown, "client"]) }
}

/** "How many clients do we have" is about leads. Leads of today's clients say nothing about "new clients per month". */
const isOfClientsAlone = (concepts: ReadonlyArray<string>) =>
  concepts.includes("client") && concepts.every((one) => one === "client" || one === "count")

/** These concepts alone name no rate. */
const isOfRate: ReadonlySet<string> = new Set(["rate", "average", "target", "other"])

/** Returns no match for an unknown measure. */
export const matchesFor = (
  words: ReadonlyArray<Read>,
  said: ReadonlyArray<string>,
  index: MetricIndex
): ReadonlyArray<Match> => {
  const concepts = completed(words, said)
  const matched = (found: ReadonlyArray<Indexed>) => found.map((indexed) => matchOf(indexed, concepts, index))
  const exact = matched(labelled(words, index.entries))
  const { found, isVague } = index.find(isOfClientsAlone(concepts) ? ["lead", "count"] : concepts)
  const matches = isVague ? matched(found) : bestOf(matched(found), words, concepts)
  const isSplit = said.includes("source") && !exact.some(({ shown }) => shown.has("source"))
  if (exact.length > 0 && !isSplit && unusedOf(words, exact) <= unusedOf(words, matches)) return exact
  if (unknownMeasure(words, matches)) return []
  if (concepts.every((one) => isOfRate.has(one))) return []
  return concepts.includes("client") ? matches.map(ofClients) : matches
}

/** A clause such as "no calls" excludes the metrics of its subject; "no lost deals" those of all its concepts. */
export const isExcluded = ({ entry, names }: Indexed, concepts: ReadonlyArray<string>): boolean => {
  const content = concepts.filter((one) => one !== "never" && one !== "count" && one !== "overview" && one !== "new")
  if (content.length === 0) return false
  if (content.every((one) => subjects.has(one))) {
    return content.some((one) => entry.category === `${one}s` || (entry.category === "team" && names.has(one)))
  }
  return content.every((one) => names.has(one))
}
