import { type Layout, widgetsOf } from "../../domain/Layout.ts"
import { type ReportDefinition, reportProperties } from "../../domain/ReportVersion.ts"
import { sha256OfJson } from "../../domain/sha256.ts"
import type { VersionDifference } from "../../domain/VersionDifference.ts"

type Widget = Layout["widgets"][number]

/** The order of keys does not count. */
const isEqual = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other) || sha256OfJson(one) === sha256OfJson(other)

const contentOf = ({ h: _h, w: _w, x: _x, y: _y, ...content }: Widget) => content
const placeOf = ({ h, w, x, y }: Widget) => [x, y, w, h]

const byId = (layout: Layout) => new Map(widgetsOf(layout).map((widget) => [widget.instanceId, widget]))

/** `nameOf` returns the name of a widget without a title. */
export const differenceOf = (
  since: number,
  older: ReportDefinition,
  newer: ReportDefinition,
  nameOf: (widget: Widget) => string
): VersionDifference => {
  const [before, after] = [byId(older.layout), byId(newer.layout)]
  const names = (widgets: ReadonlyArray<Widget>) =>
    widgets.map((widget) => ({ instanceId: widget.instanceId, name: nameOf(widget) }))
  const differing = (part: (widget: Widget) => unknown) =>
    names([...after.values()].filter((widget) => {
      const was = before.get(widget.instanceId)
      return was !== undefined && !isEqual(part(was), part(widget))
    }))
  return {
    since,
    properties: reportProperties.filter((property) => !isEqual(older[property], newer[property])),
    ...(older.title !== newer.title && { title: { from: older.title, to: newer.title } }),
    ...(older.visibility !== newer.visibility && { visibility: { from: older.visibility, to: newer.visibility } }),
    widgets: {
      added: names([...after.values()].filter(({ instanceId }) => !before.has(instanceId))),
      removed: names([...before.values()].filter(({ instanceId }) => !after.has(instanceId))),
      changed: differing(contentOf),
      moved: differing(placeOf)
    }
  }
}
