import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import type { RecordField } from "../domain/Records.ts"
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
export const labelsIn = (
  entry: Entry | undefined,
  groupBy: string | undefined,
  { locale, t }: Localization
): (key: string, label: string) => string => {
  if (entry === undefined || (languageOf(locale) ?? "en") === "en") return (_, label) => label
  const dimension = dimensionOf(entry, groupBy)
  if (dimension === undefined) return () => entry.label
  const known = new Map(dimension.values.map(({ label, value }) => [value, label]))
  return (key, label) => {
    if (key === none) return labelOfNone(label, t)
    if (key === other) return t.labelOther()
    return known.get(key) ?? label
  }
}

/**
 * Records have English labels in every language. `known` returns the label of a known value of the catalog, such as
 * that of `status.won`. The mode of a share is no dimension of the catalog.
 */
export const fieldText = (
  { text, values }: RecordField,
  key: string,
  known: (value: string) => string | undefined,
  { t }: Localization
): string | null => {
  const labels = values.map((value) => key === "mode" ? t.recordMode({ mode: value }) : known(`${key}.${value}`))
  return labels.length > 0 && labels.every((label) => label !== undefined) ? labels.join(", ") : text
}

export const inLanguage = (
  series: MetricSeries,
  entry: Entry | undefined,
  groupBy: string | undefined,
  localization: Localization
): MetricSeries => {
  const labelOf = labelsIn(entry, groupBy, localization)
  switch (series.shape) {
    case "timeseries":
      return { ...series, series: series.series.map(({ key, label }) => ({ key, label: labelOf(key, label) })) }
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
