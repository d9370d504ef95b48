import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import { none, other } from "../domain/reservedKeys.ts"
import type { MetricSeries } from "../domain/Series.ts"
import { languageOf } from "../languages/Language.ts"
import type { Localization } from "../languages/Localization.ts"

type Entry = Pick<CatalogEntry, "dimensions" | "label" | "shape">

/** Runs and snapshots have these English labels for rows without a value. */
const labelOfNone = (label: string, t: Localization["t"]) => {
  if (label === "Nobody") return t.labelNobody()
  return label === "No reason" ? t.labelNoReason() : t.labelUnknown()
}

/** The dimension of a category, or the one that a timeseries is grouped by. */
export const dimensionOf = ({ dimensions, shape }: Pick<Entry, "dimensions" | "shape">, groupBy: string | undefined) =>
  shape === "timeseries" ? dimensions.find(({ key }) => key === groupBy) : dimensions[0]

/**
 * Runs and snapshots have English labels in every language. Those of known values are replaced by the labels of the
 * catalog, which are in the language of the reader. Names, such as those of people and tags, stay.
 */
export const inLanguage = (
  series: MetricSeries,
  entry: Entry | undefined,
  groupBy: string | undefined,
  { locale, t }: Localization
): MetricSeries => {
  if (entry === undefined || (languageOf(locale) ?? "en") === "en") return series
  const known = new Map(dimensionOf(entry, groupBy)?.values.map(({ label, value }) => [value, label]))
  const labelOf = (key: string, label: string) => {
    if (key === none) return labelOfNone(label, t)
    if (key === other) return t.labelOther()
    return known.get(key) ?? label
  }
  switch (series.shape) {
    case "timeseries":
      return {
        ...series,
        series: series.series.map(({ key, label }) => ({
          key,
          label: groupBy === undefined ? entry.label : labelOf(key, label)
        }))
      }
    case "category":
      return {
        ...series,
        points: series.points.map((point) => ({ ...point, label: labelOf(point.category, point.label) }))
      }
    case "leaderboard":
      return {
        ...series,
        points: series.points.map((point) => ({ ...point, label: labelOf(point.category, point.label) }))
      }
    case "stat":
      return series
  }
}
