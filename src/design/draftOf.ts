import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import type { Design } from "../domain/Design.ts"
import { aheadPresets, defaultTimeframe, defaultTimeframeAhead, type Timeframe } from "../domain/Timeframe.ts"
import { type Card, filterNames, placed } from "./Card.ts"
import { namedIn, type Names } from "./filtersOf.ts"

export interface Found {
  readonly title: string
  readonly description?: string
  readonly cards: ReadonlyArray<Card>
  /** A timeframe after now belongs only to the cards that count ahead. */
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

const spanWords = ({ from, preset, to }: Timeframe): string =>
  from !== undefined && to !== undefined
    ? `${from} to ${to}`
    : preset.replaceAll("_", " ").replace(/(\d+)d$/, "$1 days").replace(/(\d+)m$/, "$1 months")

const windowWords = (timeframe: Timeframe): string => `${spanWords(timeframe)}, by ${timeframe.bucket ?? "day"}`

const isPast = ({ preset }: Timeframe): boolean => preset === "yesterday" || preset.startsWith("last_")

/** A card that counts ahead has its own timeframe, because that of the report usually ends today. */
const windowsOf = ({ cards, timeframe }: Found, entries: ReadonlyArray<CatalogEntry>) => {
  const isAhead = aheadPresets.has(timeframe.preset)
  const own = isPast(timeframe) ? defaultTimeframeAhead : timeframe
  const ahead = new Set(entries.filter(({ countsAhead }) => countsAhead).map(({ id }) => id))
  return {
    cards: cards.map((card) => ahead.has(card.metricId) ? { ...card, timeframe: own } : card),
    ofReport: isAhead ? defaultTimeframe : timeframe,
    ignored: isAhead && !cards.some(({ metricId }) => ahead.has(metricId)) ? [spanWords(timeframe)] : []
  }
}

const cardWords = (
  { comparePrevious, filters, groupBy, metricId, timeframe, within }: Card,
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
    ...(within === undefined ? [] : [`within ${within} days`]),
    ...(comparePrevious === true ? ["compared to the time before"] : []),
    ...(timeframe === undefined ? [] : [windowWords(timeframe)])
  ].join(", ")
}

export const draftOf = (
  found: Found,
  entries: ReadonlyArray<CatalogEntry>,
  names: Names
): Pick<Design, "draft" | "understood" | "notUnderstood"> => {
  const { cards, ignored, ofReport } = windowsOf(found, entries)
  const missing = [...found.notUnderstood, ...ignored]
  return {
    draft: {
      title: titleOf(found.title),
      description: found.description ?? null,
      layout: placed(cards),
      defaultTimeframe: ofReport
    },
    understood: cards.length === 0 ? [] : [
      ...cards.map((card) => cardWords(card, entries, names)),
      windowWords(ofReport)
    ],
    notUnderstood: [...new Set(missing.map((word) => shortened(word, maxWord)))].slice(0, mostWords)
  }
}
