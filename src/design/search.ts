import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import { usualBucketOf } from "../presentation/usualBucket.ts"
import { type Card, distinct, isSame, supportedFilters } from "./Card.ts"
import { chartOf } from "./chartOf.ts"
import type { Found } from "./draftOf.ts"
import { filtersFrom, filtersOf, type Names } from "./filtersOf.ts"
import type { MetricIndex } from "./metricIndex.ts"
import { type Read, read } from "./read.ts"
import { timeframeOf } from "./timeframeOf.ts"
import { subjects } from "./vocabulary.ts"
import { take, wordsOf } from "./words.ts"

const maxCards = 12
const maxClauses = 40

const comparison =
  /\b(?:compared? (?:to|with) (?:the )?(?:previous|prior)(?: period)?|(?:im )?vergleich(?:en)? (?:zum|zur|mit dem|mit der) (?:vorzeitraum|vorperiode)|with comparison|mit vergleich)\b/

const dimensionOf = {
  person: "assignee",
  direction: "direction",
  outcome: "outcome",
  source: "source",
  stage: "stage",
  status: "status",
  type: "type"
}

const groupByOf = ({ groupBys, label }: CatalogEntry, concepts: ReadonlyArray<string>): string | undefined =>
  Object.entries(dimensionOf).find(([concept, key]) =>
    concepts.includes(concept) && groupBys.includes(key) && !label.toLowerCase().includes(`by ${concept}`)
  )?.[1]

interface Clause {
  readonly words: ReadonlyArray<Read>
  readonly concepts: ReadonlyArray<string>
}

const clausesOf = (words: ReadonlyArray<Read>): ReadonlyArray<Clause> =>
  [...Map.groupBy(words, ({ clause }) => clause).values()].map((words) => ({
    words,
    concepts: words.flatMap(({ concepts = [] }) => concepts)
  }))

/** A clause without a subject takes the subject of an earlier clause, as in "leads by source and status". */
const withSubject = (
  clauses: ReadonlyArray<Clause>,
  index: number,
  find: MetricIndex["find"]
): ReadonlyArray<string> => {
  const { concepts } = clauses[index] ?? { concepts: [] }
  if (concepts.length === 0 || concepts.some((one) => subjects.has(one))) return concepts
  const inherited =
    clauses.slice(0, index).toReversed().flatMap((clause) => clause.concepts.filter((one) => subjects.has(one)))[0]
  if (inherited === undefined) return concepts
  const more = [...concepts, inherited]
  return find(more).some(({ category }) => category === `${inherited}s`) && find(concepts).length !== 1
    ? more
    : concepts
}

interface Answered {
  readonly clause: Clause
  readonly cards: ReadonlyArray<Card>
}

/** Returns the unknown words of the clause, and its words with a concept if no card of the clause is in the draft. */
const missingOf = ({ cards: own, clause }: Answered, cards: ReadonlyArray<Card>): ReadonlyArray<string> => {
  const isInDraft = own.some((card) => cards.some((other) => isSame(card, other)))
  return clause.words
    .filter(({ concepts }) => concepts === undefined || (!isInDraft && concepts.length > 0))
    .map(({ text }) => text)
}

export const search = (wish: string, { find, words: names }: MetricIndex, options: Names): Found => {
  const { chosen, excluded, rest: unfiltered } = filtersOf(wordsOf(wish), options)
  const { bucket, preset = "last_30d", replaced, rest: untimed } = timeframeOf(unfiltered)
  const compared = take(untimed, comparison)
  const { chart, rest, text: chartWords } = chartOf(compared?.rest ?? untimed)
  const filters = filtersFrom(chosen)
  const clauses = clausesOf(read(rest, names))
  const trend = bucket === undefined ? [] : ["trend"]

  const answered = clauses.map((clause, index): Answered => {
    if (index >= maxClauses) return { clause, cards: [] }
    const concepts = [...withSubject(clauses, index, find), ...trend]
    const cards = find(concepts).map((entry): Card => {
      const groupBy = groupByOf(entry, concepts)
      const own = supportedFilters(entry, filters)
      return {
        metricId: entry.id,
        chart: entry.charts.find((one) => one === chart) ?? entry.defaultChart,
        ...(groupBy !== undefined && { groupBy }),
        ...(compared !== undefined && entry.shape === "timeseries" && { comparePrevious: true }),
        ...(Object.keys(own).length > 0 && { filters: own })
      }
    })
    return { clause, cards }
  })
  const cards = distinct(answered.flatMap((one) => one.cards)).slice(0, maxCards)
  const isUsed = ({ key, value }: typeof chosen[number]) => cards.some((card) => card.filters?.[key]?.includes(value))
  return {
    title: wish,
    cards,
    timeframe: { preset, bucket: bucket ?? usualBucketOf(preset) },
    notUnderstood: [
      ...(replaced === undefined ? [] : [replaced]),
      ...excluded,
      ...answered.flatMap((one) => missingOf(one, cards)),
      ...(chart !== undefined && !cards.some((card) => card.chart === chart) ? [chartWords] : []),
      ...(compared !== undefined && !cards.some(({ comparePrevious }) => comparePrevious) ? [compared.text] : []),
      ...chosen.filter((one) => !isUsed(one)).map(({ name }) => name)
    ]
  }
}
