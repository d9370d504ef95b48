import { DateTime } from "effect"
import type { ComparisonDocument } from "../../documents/ComparisonDocument.ts"
import type { CatalogEntry } from "../../domain/CatalogEntry.ts"
import type { SnapshotComparison } from "../../domain/Comparison.ts"
import { widgetsOf } from "../../domain/Layout.ts"
import type { Snapshot } from "../../domain/Snapshot.ts"
import { localizationOf } from "../../languages/messagesOf.ts"
import { comparedCard } from "../../presentation/compared.ts"
import { titleOf } from "../../presentation/titleOf.ts"
import { viewOfSnapshot } from "../access/viewNames.ts"
import { type Counted, countedOf, timeZoneOf } from "./documentOf.ts"

/** The cards are those of the snapshot, and then those that only the other side has. */
export const comparisonOf = (
  snapshot: Snapshot,
  { createdAt, widgets, with: { asOf, id } }: SnapshotComparison,
  other: Snapshot | undefined,
  entries: ReadonlyArray<CatalogEntry>,
  names: Counted["names"],
  locale: string
): ComparisonDocument => {
  const { layout, series, title } = snapshot
  const localization = localizationOf(locale)
  const catalog = new Map(entries.map((entry) => [entry.id, entry]))
  const all = [...(other === undefined ? [] : widgetsOf(other.layout)), ...widgetsOf(layout)]
  const stored = new Map(all.map((widget) => [widget.instanceId, widget]))
  return {
    title,
    ...countedOf({ names, series, view: viewOfSnapshot(snapshot) }, locale),
    timeZone: timeZoneOf(series),
    locale,
    createdAt: DateTime.formatIso(createdAt),
    asOf: DateTime.formatIso(asOf),
    isWithNow: id === null,
    cards: widgets.map((widget) => {
      const entry = catalog.get(widget.metricId)
      const found = stored.get(widget.instanceId) ?? { metricId: widget.metricId }
      const groupBy = "groupBy" in found ? found.groupBy : undefined
      return comparedCard(widget, titleOf(found, entry, localization), entry, groupBy, localization)
    })
  }
}
