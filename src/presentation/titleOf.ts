import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import { languageOf } from "../languages/Language.ts"
import type { Localization } from "../languages/Localization.ts"

interface Titled {
  readonly metricId: string
  readonly groupBy?: string | undefined
  readonly title?: string | undefined
}

type Entry = Pick<CatalogEntry, "dimensions" | "label" | "shape">

/** A report may contain metrics that the catalog of this caller lacks. */
const nameOf = (metricId: string): string => {
  const words = metricId.slice(metricId.indexOf(".") + 1).replaceAll("_", " ")
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/** German nouns are capitalized. */
const inSentence = (label: string, { locale }: Localization) =>
  languageOf(locale) === "de" ? label : label.toLowerCase()

/** The title of a widget in cards, files, and mails: its own, or the name of its metric with its grouping. */
export const titleOf = (
  { groupBy, metricId, title }: Titled,
  entry: Entry | undefined,
  localization: Localization
): string => {
  if (title !== undefined && title.trim() !== "") return title
  if (entry === undefined) return nameOf(metricId)
  const dimension = entry.dimensions.find(({ key }) => entry.shape === "timeseries" && key === groupBy)
  if (dimension === undefined) return entry.label
  return localization.t.titleBy({ metric: entry.label, dimension: inSentence(dimension.label, localization) })
}

/** The columns of a table need not say that they are by person. */
export const columnLabel = (
  widget: Titled,
  entry: Entry | undefined,
  localization: Localization
): string => {
  const title = titleOf(widget, entry, localization)
  const suffix = ` ${localization.t.byPerson()}`
  const isOwn = widget.title !== undefined && widget.title.trim() !== ""
  return !isOwn && title.endsWith(suffix) ? title.slice(0, -suffix.length) : title
}
