import type { ChartKind } from "../domain/Chart.ts"
import type { MetricSeries } from "../domain/Series.ts"
import type { Details } from "../presentation/Details.ts"
import type { Place } from "../presentation/grid.ts"

export interface DocumentCard extends Place {
  readonly title: string
  readonly metricId: string
  /** What the number counts. */
  readonly description: string
  readonly chart: ChartKind
  readonly series: MetricSeries
  readonly details: Details
}

/** What a file is made of: plain data, so that it can be sent to a worker thread. It holds what the JSON shows. */
export interface Document {
  readonly title: string
  readonly description: string | null
  /** Whose records were counted. */
  readonly scope: string
  /** An ISO instant: when the numbers were true. */
  readonly asOf: string
  readonly timeZone: string
  /** Of a snapshot: the hash of what was frozen. */
  readonly contentHash: string | null
  readonly theme: "light" | "dark"
  readonly locale: string
  readonly cards: ReadonlyArray<DocumentCard>
}
