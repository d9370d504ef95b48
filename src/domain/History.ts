import { Schema } from "effect"
import { incomparableReasons } from "./Comparison.ts"
import { SnapshotId } from "./Ids.ts"
import { instant } from "./instant.ts"
import { InstanceId } from "./Run.ts"
import { Meta, SeriesKey } from "./Series.ts"
import type { Snapshot } from "./Snapshot.ts"
import { Stat } from "./Stat.ts"
import { Word } from "./Text.ts"

/** A history has the newest snapshots of the range. */
export const maxHistory = 400

export const HistoryQuery = {
  instanceId: InstanceId.annotateKey({ description: "The widget in the layouts of the snapshots." }),
  from: Schema.optionalKey(Word).annotateKey({
    description: "A date or an instant, included. Default: the first snapshot."
  }),
  to: Schema.optionalKey(Word).annotateKey({
    description: "A date, which is included, or an instant, which is not. Default: the last snapshot."
  })
}

/** Both ends are in epoch milliseconds. `to` is excluded. */
export interface HistorySpan {
  readonly instanceId: string
  readonly from: number
  readonly to: number
  readonly most: number
}

/** The layout and the series contain only one widget. A timeseries has no points, because a history joins none. */
export type RecordedWidget = Pick<Snapshot, "id" | "createdAt" | "timeframe" | "scope" | "layout" | "series">

/** Earlier reasons come first, if a snapshot has several. */
export const gapReasons = ["shape", ...incomparableReasons, "timeframe"] as const
export type GapReason = (typeof gapReasons)[number]

const HistoryPoint = Schema.StructWithRest(
  Schema.Struct({
    bucket: Schema.String.annotateKey({ format: "date-time", description: "Time of the snapshot." })
  }),
  [Schema.Record(Schema.String, Schema.Union([Schema.Finite, Schema.String, Schema.Null]))]
).annotate({
  identifier: "HistoryPoint",
  description: "`bucket`, and one number or null for each key of `series`. All numbers of a gap are null."
})

const HistorySnapshot = Schema.Struct({
  id: SnapshotId,
  createdAt: instant("Time of the freeze."),
  gap: Schema.optionalKey(
    Schema.Struct({
      reason: Schema.Literals(gapReasons).annotateKey({ description: "Machine-readable; new reasons may be added." }),
      message: Schema.String.annotateKey({ description: "Text for display." })
    }).annotate({ identifier: "HistoryGap" })
  ).annotateKey({ description: "Why the numbers of this snapshot are not in the points." })
}).annotate({ identifier: "HistorySnapshot" })

export const ReportHistory = Schema.Struct({
  instanceId: Schema.String,
  shape: Schema.Literal("timeseries"),
  series: Schema.Array(SeriesKey).annotateKey({
    description: "One series for a single number, and one for each category or person."
  }),
  points: Schema.Array(HistoryPoint).annotateKey({
    description: "One point for each snapshot, in the order of `snapshots`. Nothing is interpolated."
  }),
  stat: Schema.NullOr(Stat),
  meta: Schema.optionalKey(Meta).annotateKey({
    description: "Of the newest snapshot that has numbers of the widget. The others are compared with it."
  }),
  snapshots: Schema.Array(HistorySnapshot).annotateKey({
    description: "The snapshots that the caller may read, oldest first."
  }),
  truncated: Schema.Boolean.annotateKey({
    description: `True if the range has more than ${maxHistory} snapshots. The history then has the newest.`
  })
}).annotate({
  identifier: "ReportHistory",
  description: "A series of the numbers that the snapshots of a report have of one widget."
})
export type ReportHistory = typeof ReportHistory.Type
