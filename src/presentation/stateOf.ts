import type { MetricSeries } from "../domain/Series.ts"

type SeriesState =
  | { readonly kind: "filled" }
  | { readonly kind: "failed" | "gated" | "empty"; readonly title: string; readonly text: string }

const emptyText = ({ meta, shape }: MetricSeries) => {
  if (meta.scope.members === 0) return "Nobody is selected whose records could be counted."
  const when = meta.window === undefined ? "" : " in this timeframe"
  return shape === "stat" ? `No record${when} counts for this number.` : `There are no records${when}.`
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
