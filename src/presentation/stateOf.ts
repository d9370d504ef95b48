import type { MetricSeries } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"

type SeriesState =
  | { readonly kind: "filled" }
  | { readonly kind: "failed" | "gated" | "empty"; readonly title: string; readonly text: string }

const emptyText = ({ meta, shape }: MetricSeries, { t }: Localization) => {
  if (meta.scope.members === 0 && meta.scope.nobody !== true) return t.emptyNobody()
  if (meta.window === undefined) return shape === "stat" ? t.emptyNumber() : t.emptyRecords()
  return shape === "stat" ? t.emptyNumberInTimeframe() : t.emptyRecordsInTimeframe()
}

const hasNumbers = (series: MetricSeries) =>
  series.shape === "stat" ? series.stat !== null && series.stat.value !== null : series.points.length > 0

export const stateOf = (series: MetricSeries, localization: Localization): SeriesState => {
  const { t } = localization
  if (series.error !== undefined) return { kind: "failed", title: t.stateFailed(), text: t.fault(series.error) }
  if (series.meta.gated !== undefined) {
    return { kind: "gated", title: t.stateGated(), text: t.stateGatedText() }
  }
  if (!hasNumbers(series)) return { kind: "empty", title: t.stateEmpty(), text: emptyText(series, localization) }
  return { kind: "filled" }
}
