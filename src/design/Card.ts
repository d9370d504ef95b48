import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import type { ChartKind } from "../domain/Chart.ts"
import type { Layout } from "../domain/Layout.ts"
import type { Timeframe } from "../domain/Timeframe.ts"
import type { Filters } from "./filtersOf.ts"

export interface Card {
  readonly metricId: string
  readonly chart: ChartKind
  readonly groupBy?: string
  readonly comparePrevious?: boolean
  readonly title?: string
  readonly target?: boolean
  readonly within?: number
  readonly timeframe?: Timeframe
  readonly filters?: Filters
}

const columns = 12
const [lowHeight, highHeight] = [4, 7]

const isLow = ({ chart }: Card) => chart === "stat" || chart === "radial"
const isWide = ({ groupBy }: Card) => groupBy !== undefined

const inRowsOf = (most: number, cards: ReadonlyArray<Card>): ReadonlyArray<ReadonlyArray<Card>> =>
  cards.length === 0 ? [] : [cards.slice(0, most), ...inRowsOf(most, cards.slice(most))]

/** A row has up to four numbers, or up to two charts, or one chart with a line for each group. */
const rowsOf = (cards: ReadonlyArray<Card>) => [
  ...inRowsOf(4, cards.filter(isLow)),
  ...inRowsOf(2, cards.filter((card) => !isLow(card) && !isWide(card))),
  ...inRowsOf(1, cards.filter((card) => !isLow(card) && isWide(card)))
]

/** A number that is alone in its row fills only half of it. */
export const placed = (cards: ReadonlyArray<Card>): Layout => {
  const rows = rowsOf(cards)
  const heights = rows.map(([first]) => first !== undefined && isLow(first) ? lowHeight : highHeight)
  const widgets = rows.flatMap((row, index) => {
    const [h = highHeight, y] = [heights[index], heights.slice(0, index).reduce((top, height) => top + height, 0)]
    const w = Math.floor(columns / (h === lowHeight ? Math.max(2, row.length) : row.length))
    return row.map((card, place) => ({ ...card, x: place * w, y, w, h }))
  })
  return { widgets: widgets.map((widget, index) => ({ instanceId: `${widget.metricId}.${index}`, ...widget })) }
}

export const isSame = (a: Card, b: Card) =>
  a.metricId === b.metricId && a.groupBy === b.groupBy &&
  JSON.stringify([a.filters, a.timeframe]) === JSON.stringify([b.filters, b.timeframe])

export const distinct = (cards: ReadonlyArray<Card>): ReadonlyArray<Card> =>
  cards.filter((card, index) => cards.findIndex((other) => isSame(card, other)) === index)

/** A metric of deals filters by the lead behind each deal. */
const ofLead: Readonly<Record<string, string>> = { source: "leadSource", tag: "leadTag" }

/** The names of the filter that may stand for `key`. */
export const filterNames = (key: string): ReadonlyArray<string> => [key, ofLead[key] ?? key]

export const supportedFilters = ({ filters: keys }: CatalogEntry, filters: Filters): Filters =>
  Object.fromEntries(
    Object.entries(filters).flatMap(([key, values]) => {
      const supported = filterNames(key).find((one) => keys.includes(one))
      return supported === undefined ? [] : [[supported, values]]
    })
  )
