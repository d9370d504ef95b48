import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import type { ChartKind } from "../domain/Chart.ts"
import type { Layout } from "../domain/Layout.ts"
import type { Filters } from "./filtersOf.ts"

/** A widget without a position. */
export interface Card {
  readonly metricId: string
  readonly chart: ChartKind
  readonly groupBy?: string
  readonly comparePrevious?: boolean
  readonly title?: string
  readonly filters?: Filters
}

const columns = 12

interface Size {
  readonly w: number
  readonly h: number
}

const sizeOf = ({ chart, groupBy }: Card): Size => {
  if (chart === "stat" || chart === "radial") return { w: 3, h: 4 }
  if (groupBy !== undefined) return { w: 12, h: 7 }
  return { w: 6, h: 7 }
}

/** Numbers come first, because they are the smallest cards. */
export const placed = (cards: ReadonlyArray<Card>): Layout => {
  const at = { x: 0, y: 0, height: 0 }
  const widgets = cards.toSorted((a, b) => sizeOf(a).h - sizeOf(b).h).map((card, index) => {
    const { h, w } = sizeOf(card)
    if (at.x + w > columns || at.height !== h) Object.assign(at, { x: 0, y: at.y + at.height, height: h })
    const widget = { instanceId: `${card.metricId}.${index}`, ...card, x: at.x, y: at.y, w, h }
    at.x += w
    return widget
  })
  return { widgets }
}

const isSame = (a: Card, b: Card) =>
  a.metricId === b.metricId && a.groupBy === b.groupBy && JSON.stringify(a.filters) === JSON.stringify(b.filters)

export const distinct = (cards: ReadonlyArray<Card>): ReadonlyArray<Card> =>
  cards.filter((card, index) => cards.findIndex((other) => isSame(card, other)) === index)

export const supportedFilters = ({ filters: keys }: CatalogEntry, filters: Filters): Filters =>
  Object.fromEntries(Object.entries(filters).filter(([key]) => keys.includes(key)))
