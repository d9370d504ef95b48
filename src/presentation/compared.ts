import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import type { ComparedPoint, ComparedWidget, IncomparableReason } from "../domain/Comparison.ts"
import type { Meta } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { bucketLabel } from "./bucketLabel.ts"
import { labelsIn } from "./inLanguage.ts"
import { numberFormat, sign } from "./numberFormat.ts"

type Format = Pick<Meta, "unit" | "currency">
type Named = Pick<ComparedPoint, "key" | "label" | "otherKey" | "series">

/** Says why two sides are not compared. */
export const incomparableText = (reason: IncomparableReason, { t }: Localization): string =>
  ({
    scope: t.incomparableScope,
    time_zone: t.incomparableTimeZone,
    week_start: t.incomparableWeekStart,
    currency: t.incomparableCurrency,
    metric: t.incomparableMetric,
    group_by: t.incomparableGroupBy,
    filters: t.incomparableFilters,
    weights: t.incomparableWeights,
    within: t.incomparableWithin,
    bucket: t.incomparableBucket,
    error: t.incomparableError,
    missing: t.incomparableMissing
  })[reason]()

export const comparedFormat = (meta: Format, localization: Localization) => {
  const { t } = localization
  const { difference: points, full: exact } = numberFormat(meta, localization)
  /** Amounts from 1,000 on have no cents. */
  const full = (value: number | null) =>
    exact(value !== null && meta.unit === "money" && Math.abs(value) >= 1_000 ? Math.round(value) : value)
  const shares = numberFormat({ unit: "percent" }, localization)
  const percent = (value: number | null) =>
    value === null || value === 0 ? shares.full(value) : sign(value, shares.full(Math.abs(value)))
  /** A difference of percentages is in points. */
  const difference = (value: number | null) => {
    if (value === 0) return t.noChange()
    if (value === null) return full(value)
    return meta.unit === "percent" ? points(value) : sign(value, full(Math.abs(value)))
  }
  return {
    full,
    percent,
    difference,
    change: (point: Pick<ComparedPoint, "difference" | "percent">) =>
      point.difference === 0 || point.percent === null
        ? difference(point.difference)
        : t.comparedChange({ difference: difference(point.difference), percent: percent(point.percent) })
  }
}
export type ComparedFormat = ReturnType<typeof comparedFormat>

const hasLines = (points: ReadonlyArray<Named>): boolean => new Set(points.map(({ series }) => series)).size > 1

/** Buckets are compared by their position, so a point may have two dates. */
const dated = (
  { key, label, otherKey, series }: Named,
  date: (bucket: string) => string,
  areLines: boolean
): string => {
  if (series === undefined) return label
  const isSame = otherKey === undefined || otherKey === null || otherKey === key
  const dates = isSame ? date(key) : `${date(key)} / ${date(otherKey)}`
  return areLines ? `${dates}, ${label}` : dates
}

type NamedWidget = {
  readonly points: ReadonlyArray<Named>
  readonly meta?: { readonly window?: Pick<NonNullable<Meta["window"]>, "bucket"> }
}

/** The names of the points of a widget, in the language of the reader. */
export const comparedNames = (
  { meta, points }: NamedWidget,
  entry: Parameters<typeof labelsIn>[0],
  groupBy: string | undefined,
  localization: Localization
): (point: Named) => string => {
  const labelOf = labelsIn(entry, groupBy, localization)
  const date = bucketLabel(meta?.window?.bucket ?? "day", localization, true)
  const areLines = hasLines(points)
  return (point) => dated({ ...point, label: labelOf(point.series ?? point.key, point.label) }, date, areLines)
}

/** A widget of a comparison as a file shows it, with texts in the language of the reader. */
export interface ComparedCard {
  readonly title: string
  readonly widget: ComparedWidget
  /** Has a name for each point. */
  readonly names: ReadonlyArray<string>
}

export const comparedCard = (
  widget: ComparedWidget,
  title: string,
  entry: CatalogEntry | undefined,
  groupBy: string | undefined,
  localization: Localization
): ComparedCard => ({ title, widget, names: widget.points.map(comparedNames(widget, entry, groupBy, localization)) })

/** False for a card that is not compared, because its numbers may have changed. */
export const isUnchanged = (
  { incomparable, points }: {
    readonly incomparable?: unknown
    readonly points: ReadonlyArray<Pick<ComparedPoint, "difference" | "other" | "value">>
  }
): boolean =>
  incomparable === undefined && points.every(({ difference, other, value }) => difference === 0 || value === other)

/** Says whether the other side is better than the snapshot. */
export const toneOf = (
  { difference }: Pick<ComparedPoint, "difference">,
  moreIsBetter: boolean | null | undefined
): "good" | "bad" | "" => {
  if (difference === null || difference === 0 || moreIsBetter === null || moreIsBetter === undefined) return ""
  return difference > 0 === moreIsBetter ? "good" : "bad"
}
