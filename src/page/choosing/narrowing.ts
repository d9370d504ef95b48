import { nobody } from "../../presentation/peopleCount.ts"
import type { CatalogEntry, Filters, MetricSeries, RecordsAt } from "../api/wire.ts"
import { type Defaults, shownOf, type View, withValues } from "../report/View.ts"

/** The view is narrowed to one value: of the people, or of a filter. */
export interface Narrowing {
  readonly key: string
  readonly value: string
  readonly label: string
}

type Metric = Pick<CatalogEntry, "dimensions" | "filters">

const none = "~none"

/** Some dimensions are called after a column. */
const filterNames: Readonly<Record<string, string>> = { assignee: "people", person: "people", tag_ids: "tag" }

/** These filters take stored values only. */
const withoutNone = new Set(["tag", "leadTag"])

const labelAt = (series: MetricSeries, { category, series: key }: RecordsAt): string | undefined =>
  series.shape === "timeseries"
    ? series.series.find((one) => one.key === key)?.label
    : series.points.find((one) => one.category === category)?.label

/** Returns undefined if the view cannot be narrowed to the value of this point, such as a group of several values. */
export const narrowingOf = (
  series: MetricSeries,
  at: RecordsAt,
  { dimensions, filters }: Metric,
  groupBy: string | undefined,
  mayChoosePeople: boolean
): Narrowing | undefined => {
  const dimension = series.shape === "timeseries" ? groupBy : dimensions[0]?.key
  const value = series.shape === "timeseries" ? at.series : at.category
  const label = labelAt(series, at)
  if (dimension === undefined || value === undefined || label === undefined) return undefined
  const key = filterNames[dimension] ?? dimension
  if (key === "people") {
    if (value === none) return mayChoosePeople ? { key, value: nobody, label } : undefined
    return mayChoosePeople && !value.startsWith("~") ? { key, value, label } : undefined
  }
  if (!filters.includes(key) || (value.startsWith("~") && (value !== none || withoutNone.has(key)))) return undefined
  return { key, value, label }
}

/** Returns the series to which the view is narrowed, if the view is narrowed to a series of this chart over time. */
export const chosenIn = (
  series: MetricSeries,
  narrowingAt: (at: RecordsAt) => Narrowing | undefined,
  isChosen: (to: Narrowing) => boolean
) =>
  (series.shape === "timeseries" ? series.series : []).flatMap(({ key }) => {
    const to = narrowingAt({ series: key })
    return to !== undefined && isChosen(to) ? [{ key, label: to.label, to }] : []
  })[0]

/** `filters` are those that the view shows. All but the narrowed one stay. */
export const narrowed = (view: View, filters: Filters, { key, value }: Narrowing): View =>
  key === "people" ? { ...view, people: [value] } : { ...view, filters: withValues(filters, key, [value]) }

/** Takes the choice of one value back to that of the report. Undefined if the view or the report has chosen otherwise. */
export const widened = (view: View, defaults: Defaults, { key, value }: Narrowing): View | undefined => {
  const [shown, usual] = [shownOf(view, defaults), shownOf({}, defaults)]
  const [chosen, before] = key === "people" ? [shown.people, usual.people] : [shown.filters[key], usual.filters[key]]
  const isOnly = (chosen: unknown) => JSON.stringify(chosen) === JSON.stringify([value])
  if (!isOnly(chosen) || isOnly(before)) return undefined
  return key === "people"
    ? { ...view, people: usual.people }
    : { ...view, filters: withValues(shown.filters, key, usual.filters[key]) }
}
