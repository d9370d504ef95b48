import type { CatalogEntry } from "../domain/CatalogEntry.ts"

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

/** The title of a widget in cards, files, and mails: its own, or the name of its metric with its grouping. */
export const titleOf = ({ groupBy, metricId, title }: Titled, entry: Entry | undefined): string => {
  if (title !== undefined && title.trim() !== "") return title
  if (entry === undefined) return nameOf(metricId)
  const dimension = entry.dimensions.find(({ key }) => entry.shape === "timeseries" && key === groupBy)
  return dimension === undefined ? entry.label : `${entry.label} by ${dimension.label.toLowerCase()}`
}
