import type { MetricSeries } from "../domain/Series.ts"

export type SeriesState =
  | { readonly kind: "filled" }
  | { readonly kind: "failed" | "gated" | "empty"; readonly title: string; readonly text: string }

const emptyText = ({ meta }: MetricSeries) => {
  if (meta.scope.members === 0) return "Nobody is selected whose records could be counted."
  return meta.window === undefined ? "There are no records to count." : "There are no records in this timeframe."
}

const hasNumbers = (series: MetricSeries) =>
  series.shape === "stat" ? series.stat !== null && series.stat.value !== null : series.points.length > 0

export const stateOf = (series: MetricSeries): SeriesState => {
  if (series.error !== undefined) return { kind: "failed", title: "No answer", text: series.error.message }
  if (series.meta.gated !== undefined) {
    return { kind: "gated", title: "Admins only", text: "This number is shown to admins of the organization." }
  }
  if (!hasNumbers(series)) return { kind: "empty", title: "No data", text: emptyText(series) }
  return { kind: "filled" }
}
