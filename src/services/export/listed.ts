import type { CatalogEntry } from "../../domain/CatalogEntry.ts"
import { none } from "../../domain/reservedKeys.ts"
import type { MetricSeries, SeriesKey } from "../../domain/Series.ts"
import { type Listed, listOf } from "../../presentation/detailsOf.ts"
import { byCodePoint, byLabel } from "../../query/series/sort.ts"

interface Widget {
  readonly instanceId: string
  readonly metricId: string
  readonly groupBy?: string
}

/** Returns the lists that give the values of these widgets their colors. */
export const listsOf = (widgets: ReadonlyArray<Widget>, entries: ReadonlyArray<CatalogEntry>) =>
  widgets.flatMap(({ groupBy, instanceId, metricId }) => {
    const entry = entries.find(({ id }) => id === metricId)
    const list = entry && listOf(entry, groupBy)
    return list === undefined ? [] : [{ instanceId, list }]
  })

const keysOf = (series: MetricSeries | undefined): ReadonlyArray<SeriesKey> => {
  if (series === undefined || series.shape === "stat") return []
  return series.shape === "timeseries"
    ? series.series
    : series.points.map(({ category, label }) => ({ key: category, label }))
}

/** Lists the values of a snapshot itself, with tags without a color, so that no later change of the CRM changes its file. */
export const listedIn = (
  widgets: ReadonlyArray<Widget>,
  series: ReadonlyArray<MetricSeries>,
  entries: ReadonlyArray<CatalogEntry>
): Listed => {
  const valuesOf = (wanted: keyof Listed) => {
    const keys = listsOf(widgets, entries)
      .filter(({ list }) => list === wanted)
      .flatMap(({ instanceId }) => keysOf(series.find((one) => one.instanceId === instanceId)))
    return [...new Map(keys.map((one) => [one.key, one])).values()]
  }
  const sources = valuesOf("sources").filter(({ key }) => key === none || !key.startsWith("~"))
  return {
    people: valuesOf("people").filter(({ key }) => !key.startsWith("~")).toSorted(byLabel)
      .map(({ key, label }) => ({ id: key, name: label, hasLeft: false })),
    sources: sources
      .toSorted((a, b) => Number(a.key === none) - Number(b.key === none) || byCodePoint(a.key, b.key))
      .map(({ key, label }) => ({ value: key, label })),
    tags: valuesOf("tags").filter(({ key }) => !key.startsWith("~")).map(({ key, label }) => ({
      id: key,
      name: label,
      color: ""
    }))
  }
}
