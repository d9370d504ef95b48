import type { ChartKind } from "../domain/Chart.ts"
import type { MetricSeries } from "../domain/Series.ts"
import type { Details } from "../presentation/Details.ts"
import type { FilterValues } from "../presentation/filterNames.ts"
import type { Place } from "../presentation/grid.ts"

export interface DocumentCard extends Place {
  readonly title: string
  readonly metricId: string
  readonly description: string
  readonly chart: ChartKind
  readonly series: MetricSeries
  readonly details: Omit<Details, "localization">
  /** For a table of people: its columns. The first one has the other properties of the card. */
  readonly columns?: ReadonlyArray<DocumentCard>
}

/** A document contains only data that the JSON response shows. */
export interface Document {
  readonly title: string
  readonly description: string | null
  readonly scope: string
  /** The filters of the view that at least one card has applied. */
  readonly filters?: FilterValues
  /** The names of the tags that the reader may see, by id. */
  readonly tagNames?: Readonly<Record<string, string>>
  readonly asOf: string
  readonly timeZone: string
  readonly contentHash: string | null
  readonly theme: "light" | "dark"
  readonly locale: string
  /** A picture shows only the chart of the first card, in this width in CSS pixels. */
  readonly chartWidth?: number
  readonly cards: ReadonlyArray<DocumentCard>
}

/** Returns a card for each series. The columns of a table of people are cards of their own. */
export const seriesCardsOf = ({ cards }: Pick<Document, "cards">): ReadonlyArray<DocumentCard> =>
  cards.flatMap((card) =>
    card.columns?.map((column) => ({ ...column, title: `${card.title}: ${column.title}` })) ?? [card]
  )
