import type { CategoryPoint, LeaderboardPoint, Meta, MetricSeries, Unit } from "../domain/Series.ts"
import type { Stat } from "../domain/Stat.ts"
import type { Localization } from "../languages/Localization.ts"
import { numberFormat, percentFormat, sign } from "./numberFormat.ts"

/** Percentages change in percentage points, and other numbers in percent of the value before. */
export const changeUnitOf = (unit: Unit): "points" | "percent" => unit === "percent" ? "points" : "percent"

const differenceOf = ({ previous, value }: Stat): number | null =>
  value === null || previous === null ? null : Math.round((value - previous) * 100) / 100

/** Null means that a value is missing, or that no percentage can be computed, because the value before was 0. */
export const changeOf = (stat: Stat, unit: Unit): number | null =>
  changeUnitOf(unit) === "points" ? differenceOf(stat) : stat.deltaPct

export interface Change {
  /** Such as `−1.7 points`, `+12.5%`, or, after 0, `+12`. */
  readonly text: string
  readonly direction: -1 | 0 | 1
}

export const changeTextOf = (
  stat: Stat,
  meta: Pick<Meta, "unit" | "currency">,
  localization: Localization
): Change | undefined => {
  const difference = differenceOf(stat)
  if (difference === null) return undefined
  if (difference === 0) return { text: localization.t.noChange(), direction: 0 }
  const isRelative = changeUnitOf(meta.unit) === "percent" && stat.deltaPct !== null
  const percent = percentFormat(localization.locale)
  const text = isRelative
    ? sign(difference, percent.format(Math.abs(stat.deltaPct ?? 0) / 100))
    : numberFormat(meta, localization).difference(difference)
  return { text, direction: difference > 0 ? 1 : -1 }
}

/** The number of a row, and of the same row in the window before. Undefined if the view does not compare. */
export const statOf = (point: CategoryPoint | LeaderboardPoint | undefined): Stat | undefined =>
  point?.previous === undefined
    ? undefined
    : { value: point.value, previous: point.previous, deltaPct: point.deltaPct ?? null }

/** The number of a row of a table, and the number before. */
export const comparedAt = (series: MetricSeries, row: number): Stat | undefined =>
  series.stat ?? (series.shape === "timeseries" ? undefined : statOf(series.points[row]))

/** A change of a large number may be 0%, so the sign is that of the difference. */
export const signAt = (series: MetricSeries, row: number): number => {
  const compared = comparedAt(series, row)
  return Math.sign((compared && differenceOf(compared)) ?? 0)
}

/** Such as `+12.5% from 34`. */
export const changeInWords = (stat: Stat, meta: Meta, localization: Localization): string | undefined => {
  const change = changeTextOf(stat, meta, localization)
  if (change === undefined) return undefined
  const previous = numberFormat(meta, localization).full(stat.previous)
  return `${change.text} ${localization.t.changeFrom({ previous })}`
}
