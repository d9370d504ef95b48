import type { ChartKind } from "../domain/Chart.ts"
import type { MetricSeries } from "../domain/Series.ts"
import type { Details } from "../presentation/Details.ts"
import type { Place } from "../presentation/grid.ts"

export interface DocumentCard extends Place {
  readonly title: string
  readonly metricId: string
  /** Description of the metric. */
  readonly description: string
  readonly chart: ChartKind
  readonly series: MetricSeries
  readonly details: Details
}

/** Content of a file as plain data for the child process. It holds only what the JSON response shows. */
export interface Document {
  readonly title: string
  readonly description: string | null
  /** Text that names the scope. */
  readonly scope: string
  /** ISO instant at which the numbers were counted. */
  readonly asOf: string
  readonly timeZone: string
  /** Content hash, for snapshots only. */
  readonly contentHash: string | null
  readonly theme: "light" | "dark"
  readonly locale: string
  readonly cards: ReadonlyArray<DocumentCard>
}
