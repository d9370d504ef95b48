import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import type { Place } from "./grid.ts"

interface Widget extends Partial<Place> {
  readonly instanceId: string
  readonly metricId: string
  readonly table?: string
}

/** A card is a widget, or a table whose columns are widgets. */
interface Shown<W> {
  readonly widget: W
  /** Empty unless the card is a table. The first column is `widget`. */
  readonly columns: ReadonlyArray<W>
}

const isPlace = (widget: Partial<Place>): widget is Place =>
  [widget.x, widget.y, widget.w, widget.h].every((one) => one !== undefined)

/** The place that the columns of a table take together. */
const around = (widgets: ReadonlyArray<Partial<Place>>): Partial<Place> => {
  const places = widgets.filter(isPlace)
  if (places.length < widgets.length) return {}
  const [x, y] = [Math.min(...places.map((one) => one.x)), Math.min(...places.map((one) => one.y))]
  const [right, bottom] = [
    Math.max(...places.map((one) => one.x + one.w)),
    Math.max(...places.map((one) => one.y + one.h))
  ]
  return { x, y, w: right - x, h: bottom - y }
}

/** Rankings with the same `table` are one card. The catalog of a caller may lack a metric. */
export const inTables = <W extends Widget>(
  widgets: ReadonlyArray<W>,
  catalog: ReadonlyMap<string, Pick<CatalogEntry, "shape">>
): ReadonlyArray<Shown<W>> => {
  const tableOf = ({ metricId, table = "" }: W) =>
    (catalog.get(metricId)?.shape ?? "leaderboard") === "leaderboard" && table.trim() !== "" ? table : undefined
  const byTable = Map.groupBy(widgets, tableOf)
  return widgets.flatMap((widget): ReadonlyArray<Shown<W>> => {
    const table = tableOf(widget)
    const columns = table === undefined ? [] : byTable.get(table) ?? []
    if (columns.length === 0) return [{ widget, columns: [] }]
    return columns[0] === widget ? [{ widget: { ...widget, ...around(columns) }, columns }] : []
  })
}
