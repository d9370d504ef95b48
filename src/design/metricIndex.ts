import MiniSearch from "minisearch"
import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import { conceptsIn } from "./read.ts"
import { modifiers, subjects, vague } from "./vocabulary.ts"
import { foldedText, wordsOf } from "./words.ts"

const named = ({ id, label }: CatalogEntry) => conceptsIn(wordsOf(`${label} ${id.replaceAll(/[._]/g, " ")}`), true)

const described = ({ description }: CatalogEntry) => conceptsIn(wordsOf(description), false)

const grouped = ({ dimensions, groupBys, shape }: CatalogEntry) => [
  ...conceptsIn(wordsOf([...dimensions.map(({ label }) => label), ...groupBys].join(" ")), true),
  ...(groupBys.includes("assignee") || shape === "leaderboard" ? ["person"] : []),
  ...(shape === "timeseries" ? ["trend"] : [])
]

/** A metric with such a concept in its name is found only by this concept. */
const particular = ["forecast", "weighted", "overdue", "cohort"]

const isParticular = (concepts: ReadonlySet<string>): boolean =>
  concepts.has("cohort") || concepts.has("forecast") || concepts.has("weighted") ||
  (concepts.has("overdue") && (concepts.has("deal") || concepts.has("close")))

/** The words by which a person names a dimension, such as `source` for the dimension "Lead source". */
const conceptsOfDimension = ({ key, label }: CatalogEntry["dimensions"][number]): ReadonlyArray<string> =>
  key === "assignee" ? ["person"] : conceptsIn(wordsOf(label), true).filter((one) => !subjects.has(one))

interface Dimension {
  readonly key: string
  readonly concepts: ReadonlyArray<string>
  /** The concepts in its label and in the labels of its values, such as `inbound` and `outbound`. */
  readonly values: ReadonlyArray<string>
}

export interface Indexed {
  readonly entry: CatalogEntry
  readonly names: ReadonlySet<string>
  readonly dimensions: ReadonlyArray<Dimension>
  /** The label in words, without case and accents. */
  readonly label: string
}

const indexedOf = (entry: CatalogEntry): Indexed => ({
  entry,
  names: new Set(named(entry)),
  label: foldedText(entry.label),
  dimensions: entry.dimensions.map((dimension) => ({
    key: dimension.key,
    concepts: conceptsOfDimension(dimension),
    values: [dimension, ...dimension.values].flatMap(({ label }) => conceptsIn(wordsOf(label), false))
  }))
})

const boost = { name: 4, dimension: 1.5, description: 1 }

interface Candidates {
  readonly found: ReadonlyArray<Indexed>
  /** A vague clause, such as "everything about leads", gets all that was found. */
  readonly isVague: boolean
}

export interface MetricIndex {
  readonly entries: ReadonlyArray<Indexed>
  /** `words` has the concepts in the names of metrics, and words of these names that the vocabulary lacks. */
  readonly words: ReadonlySet<string>
  /** The likeliest metric is first. */
  readonly find: (concepts: ReadonlyArray<string>) => Candidates
  /** The metric over time that has the dimension of this category or ranking as a grouping. */
  readonly overTime: (split: Indexed) => readonly [Indexed, groupBy: string] | undefined
}

const minShare = 0.4
const shareOf = (all: ReadonlyArray<string> = [], wanted: ReadonlySet<string>) =>
  all.filter((one) => wanted.has(one)).length / Math.max(1, all.length)

/** This factor lowers the score of metrics with another subject than the clause. */
const otherSubject = 0.6
const most = { precise: 8, one: 1, general: 2, overview: 6 }
/** "How many calls", "calls per day", and "new deals" ask for the first metric of their subject. */
const isOne = (concepts: ReadonlySet<string>) =>
  concepts.has("count") || concepts.has("trend") || (concepts.has("new") && !concepts.has("lead"))

/** A metric such as "Win rate by source" has nearly the same name as the metric without the split. */
const isSplitUnasked = ({ dimensions, entry }: Indexed, concepts: ReadonlySet<string>) =>
  entry.shape === "category" && entry.id.includes("_by_") &&
  !dimensions.some((dimension) => dimension.concepts.some((one) => concepts.has(one)))

/** Each concept in only one of the sets makes the result smaller, unless it is `vague`. */
const fitOf = (names: ReadonlySet<string>, concepts: ReadonlySet<string>) => {
  const [said, asked] = [names, concepts].map((all) => [...all].filter((one) => !vague.has(one)))
  return (0.5 + 0.5 * shareOf(said, concepts)) * (0.5 + 0.5 * shareOf(asked, names))
}

const searchOver = (entries: ReadonlyArray<CatalogEntry>) => {
  const index = new MiniSearch<{ readonly id: string }>({
    fields: Object.keys(boost),
    tokenize: (text) => text.split(" "),
    processTerm: (term) => term,
    searchOptions: { boost }
  })
  index.addAll(entries.map((entry) => ({
    id: entry.id,
    name: named(entry).join(" "),
    dimension: grouped(entry).join(" "),
    description: described(entry).join(" ")
  })))
  return index
}

export const metricIndex = (catalog: ReadonlyArray<CatalogEntry>): MetricIndex => {
  const entries = catalog.map(indexedOf)
  const byId = new Map(entries.map((indexed) => [indexed.entry.id, indexed]))
  const whole = searchOver(catalog)
  // The scores of other metrics do not depend on the words of forecasts and cohorts.
  const usual = searchOver(entries.filter(({ names }) => !isParticular(names)).map(({ entry }) => entry))

  const ranked = (concepts: ReadonlySet<string>, content: ReadonlyArray<string>): ReadonlyArray<Indexed> => {
    const asked = content.filter((one) => subjects.has(one))
    const index = isParticular(concepts) ? whole : usual
    const found = index.search([...concepts].join(" ")).flatMap(({ id, score }) => {
      const indexed = byId.get(id)
      if (indexed === undefined || !content.some((one) => indexed.names.has(one))) return []
      if (indexed.entry.shape === "leaderboard" && !concepts.has("person")) return []
      if (isSplitUnasked(indexed, concepts)) return []
      if (concepts.has("cohort") && !indexed.names.has("cohort")) return []
      if (indexed.names.has("first") && !concepts.has("first") && !concepts.has("time")) return []
      if (indexed.names.has("never") && !concepts.has("call")) return []
      if (particular.some((one) => indexed.names.has(one) && !concepts.has(one))) return []
      const isOther = asked.length > 0 && !asked.some((subject) => indexed.names.has(subject))
      return [{ indexed, score: score * fitOf(indexed.names, concepts) * (isOther ? otherSubject : 1) }]
    }).toSorted((a, b) => b.score - a.score)
    const [best] = found
    return found.filter(({ score }) => score >= (best?.score ?? 0) * minShare).slice(0, most.precise)
      .map(({ indexed }) => indexed)
  }

  const general = (concepts: ReadonlySet<string>, content: ReadonlyArray<string>) =>
    entries.filter(({ entry }) => content.some((subject) => entry.category === `${subject}s`))
      .slice(0, concepts.has("overview") ? most.overview : isOne(concepts) ? most.one : most.general)

  return {
    entries,
    words: new Set(entries.flatMap(({ names }) => [...names])),
    find: (clause) => {
      const concepts = new Set(clause)
      const content = [...concepts].filter((one) => !modifiers.has(one))
      const isVague = [...concepts].every((one) => subjects.has(one) || vague.has(one)) && !concepts.has("person")
      return { isVague, found: isVague ? general(concepts, content) : ranked(concepts, content) }
    },
    overTime: ({ dimensions, entry, names }) => {
      const [dimension] = dimensions
      if (entry.shape === "timeseries" || dimension === undefined) return undefined
      const content = [...names].filter((one) => !dimension.concepts.includes(one))
      const isSame = (other: Indexed) =>
        entry.shape === "leaderboard"
          ? content.every((one) => other.names.has(one))
          : other.entry.category === entry.category
      const [best] = entries
        .flatMap((other) => {
          const same = other.dimensions.find(({ concepts }) => concepts.join() === dimension.concepts.join())
          const isGrouping = same !== undefined && other.entry.groupBys.includes(same.key)
          return isGrouping && isSame(other) ? [[other, same.key] as const] : []
        })
        .toSorted(([a], [b]) => fitOf(b.names, names) - fitOf(a.names, names))
      return best
    }
  }
}
