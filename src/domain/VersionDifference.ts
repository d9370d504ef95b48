import { Schema } from "effect"
import { listOf } from "./Page.ts"
import { Report, Visibility, widgetCount } from "./Report.ts"
import { versionFields } from "./ReportVersion.ts"
import { InstanceId } from "./Run.ts"

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
