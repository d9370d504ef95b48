import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import type { Design } from "../domain/Design.ts"
import type { Timeframe } from "../domain/Timeframe.ts"
import { type Card, filterNames, placed } from "./Card.ts"
import { namedIn, type Names } from "./filtersOf.ts"

export interface Found {
  readonly title: string
  readonly description?: string
  readonly cards: ReadonlyArray<Card>
  readonly timeframe: Timeframe
  readonly notUnderstood: ReadonlyArray<string>
  /** Sentences about parts of the wish that the draft answers otherwise. */
  readonly notes?: ReadonlyArray<string>
}

const maxTitle = 80
const mostWords = 20
const maxWord = 100

const shortened = (text: string, most: number): string => {
  const points = Array.from(text.replaceAll(/\s+/g, " ").trim())
  return points.length <= most ? points.join("") : `${points.slice(0, most - 1).join("")}…`
}

const titleOf = (text: string): string => {
  const title = shortened(text, maxTitle) || "New report"
  return title.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

const windowWords = ({ bucket, from, preset, to }: Timeframe): string => {
  if (from !== undefined && to !== undefined) return `${from} to ${to}, by ${bucket ?? "day"}`
  const words = preset.replaceAll("_", " ").replace(/(\d+)d$/, "$1 days").replace(/(\d+)m$/, "$1 months")
  return `${words}, by ${bucket ?? "day"}`
}

const cardWords = (
  { comparePrevious, filters, groupBy, metricId }: Card,
  entries: ReadonlyArray<CatalogEntry>,
  names: Names
) => {
  const entry = entries.find(({ id }) => id === metricId)
  const dimension = entry?.dimensions.find(({ key }) => key === groupBy)
  const only = namedIn(names).filter(({ key, value }) =>
    filterNames(key).some((name) => filters?.[name]?.includes(value))
  )
  return [
    entry?.label ?? metricId,
    ...(dimension === undefined ? [] : [`by ${dimension.label.toLowerCase()}`]),
    ...(only.length === 0 ? [] : [`only ${only.map(({ key, name }) => `${key} ${name}`).join(", ")}`]),
    ...(comparePrevious === true ? ["compared to the time before"] : [])
  ].join(", ")
}

export const draftOf = (
  { cards, description, notUnderstood, timeframe, title }: Found,
  entries: ReadonlyArray<CatalogEntry>,
  names: Names
): Pick<Design, "draft" | "understood" | "notUnderstood"> => ({
  draft: {
    title: titleOf(title),
    description: description ?? null,
    layout: placed(cards),
    defaultTimeframe: timeframe
  },
  understood: cards.length === 0 ? [] : [
    ...cards.map((card) => cardWords(card, entries, names)),
    windowWords(timeframe)
  ],
  notUnderstood: [...new Set(notUnderstood.map((word) => shortened(word, maxWord)))].slice(0, mostWords)
})
