import type { PageMessages } from "../../languages/compiled/page.ts"
import type { Localization } from "../../languages/Localization.ts"
import { bucketLabel } from "../../presentation/bucketLabel.ts"
import { numberFormat, sign } from "../../presentation/numberFormat.ts"
import type { SnapshotComparison } from "../api/wire.ts"

export type Compared = SnapshotComparison["widgets"][number]
export type ComparedPoint = Compared["points"][number]
type Meta = Pick<NonNullable<Compared["meta"]>, "unit" | "currency" | "window">

export const comparedFormat = (
  meta: Meta,
  localization: Localization,
  t: Pick<PageMessages, "comparedChange" | "comparedEqual">
) => {
  const { difference: points, full } = numberFormat(meta, localization)
  const shares = numberFormat({ unit: "percent" }, localization)
  const percent = (value: number | null) =>
    value === null || value === 0 ? shares.full(value) : sign(value, shares.full(Math.abs(value)))
  /** All digits. A difference of percentages is in points. */
  const difference = (value: number | null) => {
    if (value === null || value === 0) return full(value)
    return meta.unit === "percent" ? points(value) : sign(value, full(Math.abs(value)))
  }
  return {
    full,
    percent,
    difference,
    change: (point: Pick<ComparedPoint, "difference" | "percent">) => {
      if (point.difference === 0) return t.comparedEqual()
      return point.percent === null
        ? difference(point.difference)
        : t.comparedChange({ difference: difference(point.difference), percent: percent(point.percent) })
    }
  }
}
export type ComparedFormat = ReturnType<typeof comparedFormat>

/** Says whether the other side is better than the snapshot. */
export const toneOf = (
  { difference }: Pick<ComparedPoint, "difference">,
  moreIsBetter: boolean | null | undefined
): "good" | "bad" | "" => {
  if (difference === null || difference === 0 || moreIsBetter === null || moreIsBetter === undefined) return ""
  return difference > 0 === moreIsBetter ? "good" : "bad"
}

export const hasLines = (points: ReadonlyArray<ComparedPoint>): boolean =>
  new Set(points.map(({ series }) => series)).size > 1

/** Buckets are compared by their position, so a point may have two dates. */
export const comparedName = (
  { key, label, otherKey, series }: Pick<ComparedPoint, "key" | "label" | "otherKey" | "series">,
  { window }: Meta,
  areLines: boolean,
  localization: Localization
): string => {
  if (series === undefined) return label
  const date = bucketLabel(window?.bucket ?? "day", localization, true)
  const isSame = otherKey === undefined || otherKey === null || otherKey === key
  const dates = isSame ? date(key) : `${date(key)} / ${date(otherKey)}`
  return areLines ? `${dates}, ${label}` : dates
}
