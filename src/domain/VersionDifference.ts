import { Schema } from "effect"
import { type Layout, widgetsOf } from "./Layout.ts"
import { listOf } from "./Page.ts"
import { Report, Visibility, widgetCount } from "./Report.ts"
import { type ReportDefinition, reportProperties, versionFields } from "./ReportVersion.ts"
import { InstanceId } from "./Run.ts"
import { sha256OfJson } from "./sha256.ts"

type Widget = Layout["widgets"][number]

const Named = Schema.Struct({
  instanceId: InstanceId,
  name: Schema.String.annotateKey({ description: "Title of the widget, or the name of its metric." })
}).annotate({ identifier: "NamedWidget" })

const named = (description: string) => Schema.Array(Named).annotateKey({ description })

export const VersionDifference = Schema.Struct({
  since: Schema.Int.annotateKey({ description: "Number of the older version that this version is compared with." }),
  properties: Schema.Array(Schema.String).annotateKey({ description: "Names of the properties that differ." }),
  title: Schema.optionalKey(Schema.Struct({ from: Schema.String, to: Schema.String })),
  visibility: Schema.optionalKey(Schema.Struct({ from: Visibility, to: Visibility })),
  widgets: Schema.Struct({
    added: named("Widgets that the older version lacks."),
    removed: named("Widgets that only the older version has."),
    changed: named("Widgets with another content."),
    moved: named("Widgets with another place or size.")
  })
}).annotate({ identifier: "VersionDifference" })
export type VersionDifference = typeof VersionDifference.Type

const { title, visibility } = Report.fields

/** A list of versions has no layouts, because a page of them could have 12 MB. */
export const VersionSummary = Schema.Struct({
  ...versionFields,
  title,
  visibility,
  widgetCount,
  difference: Schema.NullOr(VersionDifference).annotateKey({
    description: "What was changed since the next older version that the caller may read. Null if there is none."
  })
}).annotate({ identifier: "VersionSummary", description: "A version without its layout." })
export type VersionSummary = typeof VersionSummary.Type

export const VersionList = listOf(VersionSummary).annotate({ identifier: "VersionList" })

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
