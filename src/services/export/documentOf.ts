import type { Document, DocumentCard } from "../../documents/Document.ts"
import type { CatalogEntry } from "../../domain/CatalogEntry.ts"
import { ChartKind } from "../../domain/Chart.ts"
import type { FileLook } from "../../domain/Export.ts"
import type { View } from "../../domain/Run.ts"
import type { MetricSeries } from "../../domain/Series.ts"
import type { FrozenNames } from "../../domain/Snapshot.ts"
import { localizationOf, messagesOf } from "../../languages/messagesOf.ts"
import { detailsOf, type Listed } from "../../presentation/detailsOf.ts"
import { readableFilters } from "../../presentation/filterNames.ts"
import { gridColumns, type Place, placesOf } from "../../presentation/grid.ts"
import { inLanguage } from "../../presentation/inLanguage.ts"
import { inTables } from "../../presentation/inTables.ts"
import { namedPeopleIn } from "../../presentation/peopleCount.ts"
import { columnLabel, titleOf } from "../../presentation/titleOf.ts"

interface Widget extends Partial<Place> {
  readonly instanceId: string
  readonly metricId: string
  readonly chart: string
  readonly groupBy?: string
  readonly title?: string
  readonly table?: string
}

/** The people and the filters of the numbers, and the names that the reader may see. */
export interface Counted {
  readonly series: ReadonlyArray<MetricSeries>
  readonly view: Pick<View, "assigneeIds" | "filters">
  readonly names: FrozenNames
}

export interface DocumentSource extends Counted {
  readonly title: string
  readonly description: string | null
  readonly contentHash: string | null
  readonly widgets: ReadonlyArray<Widget>
  /** Gives values their colors. For a snapshot, these are its own values, so that no later change alters its file. */
  readonly listed: Listed
  readonly asOf: string
}

const sizes = {
  stat: { w: 3, h: 3 },
  timeseries: { w: 6, h: 5 },
  category: { w: 6, h: 5 },
  leaderboard: { w: 6, h: 6 }
} as const

const chartOf = (asked: string, entry: CatalogEntry | undefined): ChartKind =>
  ChartKind.literals.find((kind) => kind === asked) ?? entry?.defaultChart ?? "stat"

interface Answered {
  readonly widget: Widget
  readonly series: MetricSeries
  readonly columns: ReadonlyArray<Widget>
}

const placesIn = (answered: ReadonlyArray<Answered>): ReadonlyArray<Place> => {
  if (answered.length === 1) return [{ x: 0, y: 0, w: gridColumns, h: 9 }]
  const shapes = answered.map(({ series: { shape } }) => shape)
  return placesOf(answered.map(({ widget }) => widget), (_widget, index) => sizes[shapes[index] ?? "stat"])
}

/** The people whose rows the series count. */
const scopeOf = ({ names, series: [first], view: { assigneeIds = [] } }: Counted, locale: string): string => {
  const t = messagesOf(locale).documents
  if (first === undefined) return t.noWidgets()
  const { scope } = first.meta
  if (scope.kind === "own") return t.scopeOwn()
  if (scope.kind === "everyone") return t.scopeOfWhole()
  const named = names.people.filter(({ id }) => assigneeIds.includes(id)).map(({ name }) => name)
  return t.scopeOf({ people: namedPeopleIn(scope, named, localizationOf(locale)) })
}

/** Says which rows a document counts. A filter that no series has applied is left out. */
export const countedOf = (counted: Counted, locale: string): Pick<Document, "filters" | "scope" | "tagNames"> => {
  const isApplied = ([key, values]: readonly [string, ReadonlyArray<string>]) =>
    values.length > 0 && counted.series.some(({ meta }) => Object.hasOwn(meta.filters.applied, key))
  return {
    scope: scopeOf(counted, locale),
    filters: Object.fromEntries(Object.entries(readableFilters(counted.view.filters)).filter(isApplied)),
    tagNames: Object.fromEntries(counted.names.tags.map(({ id, name }) => [id, name]))
  }
}

export const timeZoneOf = (series: ReadonlyArray<MetricSeries>): string =>
  series.find(({ meta }) => meta.window !== undefined)?.meta.window?.timeZone ?? "UTC"

export const documentOf = (
  { asOf, contentHash, description, listed, names, series, title, view, widgets }: DocumentSource,
  entries: ReadonlyArray<CatalogEntry>,
  { locale = "en", theme = "light", width }: FileLook
): Document => {
  const localization = localizationOf(locale)
  const catalog = new Map(entries.map((entry) => [entry.id, entry]))
  const byWidget = new Map(series.map((found) => [found.instanceId, found]))
  const counted = widgets.filter(({ instanceId }) => byWidget.has(instanceId))
  const answered = inTables(counted, catalog).flatMap(({ columns, widget }): ReadonlyArray<Answered> => {
    const found = byWidget.get(widget.instanceId)
    return found === undefined ? [] : [{ widget, series: found, columns }]
  })
  const places = placesIn(answered)
  const cardOf = (widget: Widget, found: MetricSeries, title: string, place: Place): DocumentCard => {
    const entry = catalog.get(widget.metricId)
    const { h, w, x, y } = place
    return {
      title,
      metricId: widget.metricId,
      description: entry?.description ?? "",
      chart: chartOf(widget.chart, entry),
      series: inLanguage(found, entry, widget.groupBy, localization),
      details: entry === undefined ? {} : detailsOf(entry, widget.groupBy, listed),
      x,
      y,
      w,
      h
    }
  }
  const cards = answered.map(({ columns, series: found, widget }, index): DocumentCard => {
    const entry = catalog.get(widget.metricId)
    const place = places[index] ?? { x: 0, y: index, w: gridColumns, h: 5 }
    if (columns.length === 0) return cardOf(widget, found, titleOf(widget, entry, localization), place)
    const counts = columns.flatMap((column) => {
      const counted = byWidget.get(column.instanceId)
      const label = columnLabel(column, catalog.get(column.metricId), localization)
      return counted === undefined ? [] : [cardOf(column, counted, label, place)]
    })
    return {
      ...cardOf(widget, found, widget.table ?? "", place),
      description: counts.map(({ title }) => title).join(", "),
      columns: counts
    }
  })
  return {
    title,
    description,
    ...countedOf({ names, series, view }, locale),
    asOf: series[0]?.meta.asOf ?? asOf,
    timeZone: timeZoneOf(series),
    contentHash,
    theme,
    locale,
    ...(width !== undefined && { chartWidth: width }),
    cards
  }
}
