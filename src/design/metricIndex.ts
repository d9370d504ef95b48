import MiniSearch from "minisearch"
import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import { conceptsIn } from "./read.ts"
import { modifiers, subjects, vague } from "./vocabulary.ts"
import { wordsOf } from "./words.ts"

const named = ({ id, label }: CatalogEntry) => conceptsIn(wordsOf(`${label} ${id.replaceAll(/[._]/g, " ")}`), true)

const described = ({ description }: CatalogEntry) => conceptsIn(wordsOf(description), false)

const grouped = ({ dimensions, groupBys, shape }: CatalogEntry) => [
  ...conceptsIn(wordsOf([...dimensions.map(({ label }) => label), ...groupBys].join(" ")), true),
  ...(groupBys.includes("assignee") || shape === "leaderboard" ? ["person"] : []),
  ...(shape === "timeseries" ? ["trend"] : [])
]

const boost = { name: 4, dimension: 1.5, description: 1 }

export interface MetricIndex {
  /** `words` has the concepts in the names of metrics, and words of these names that the vocabulary lacks. */
  readonly words: ReadonlySet<string>
  readonly find: (concepts: ReadonlyArray<string>) => ReadonlyArray<CatalogEntry>
}

const minShare = 0.72
const shareOf = (all: ReadonlyArray<string> = [], wanted: ReadonlySet<string>) =>
  all.filter((one) => wanted.has(one)).length / Math.max(1, all.length)

/** This factor lowers the score of metrics with another subject than the clause. */
const otherSubject = 0.6
const most = { precise: 2, general: 2, overview: 6 }

export const metricIndex = (entries: ReadonlyArray<CatalogEntry>): MetricIndex => {
  const byId = new Map(entries.map((entry) => [entry.id, { entry, names: new Set(named(entry)) }]))
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

  /** Each concept in only one of the sets makes the result smaller, unless it is `vague`. */
  const fitOf = (names: ReadonlySet<string>, concepts: ReadonlySet<string>) => {
    const [said, asked] = [names, concepts].map((all) => [...all].filter((one) => !vague.has(one)))
    return (0.5 + 0.5 * shareOf(said, concepts)) * (0.5 + 0.5 * shareOf(asked, names))
  }

  const ranked = (concepts: ReadonlySet<string>, content: ReadonlyArray<string>): ReadonlyArray<CatalogEntry> => {
    const asked = content.filter((one) => subjects.has(one))
    const found = index.search([...concepts].join(" ")).flatMap(({ id, score }) => {
      const { entry, names } = byId.get(id) ?? {}
      if (entry === undefined || names === undefined || !content.some((one) => names.has(one))) return []
      if (entry.shape === "leaderboard" && !concepts.has("person")) return []
      // A number of deals and its split by source have nearly the same name.
      if (entry.id.endsWith("_by_source") && !concepts.has("source")) return []
      const isOther = asked.length > 0 && !asked.some((subject) => names.has(subject))
      return [{ entry, score: score * fitOf(names, concepts) * (isOther ? otherSubject : 1) }]
    }).toSorted((a, b) => b.score - a.score)
    const [best] = found
    return found.filter(({ score }) => score >= (best?.score ?? 0) * minShare).slice(0, most.precise).map(({ entry }) =>
      entry
    )
  }

  const general = (concepts: ReadonlySet<string>, content: ReadonlyArray<string>) =>
    entries.filter(({ category }) => content.some((subject) => category === `${subject}s`))
      .slice(0, concepts.has("overview") ? most.overview : most.general)

  return {
    words: new Set([...byId.values()].flatMap(({ names }) => [...names])),
    find: (clause) => {
      const concepts = new Set(clause)
      const content = [...concepts].filter((one) => !modifiers.has(one))
      const isGeneral = [...concepts].every((one) => subjects.has(one) || vague.has(one)) && !concepts.has("person")
      return isGeneral ? general(concepts, content) : ranked(concepts, content)
    }
  }
}
