import { Schema } from "effect"
import { SnapshotId } from "./Ids.ts"
import { Meta } from "./Series.ts"

/** Earlier reasons come first, if a widget has several. */
export const incomparableReasons = [
  "scope",
  "time_zone",
  "week_start",
  "currency",
  "metric",
  "group_by",
  "filters",
  "weights",
  "within",
  "bucket",
  "error",
  "missing"
] as const
export type IncomparableReason = (typeof incomparableReasons)[number]

const Value = Schema.NullOr(Schema.Finite)

export const ComparedPoint = Schema.Struct({
  key: Schema.String.annotate({ description: "Bucket, category or user id. Empty for a single number." }),
  otherKey: Schema.optionalKey(Schema.NullOr(Schema.String)).annotate({
    description: "For a timeseries: the bucket at the same position of the other side, or null if it has fewer buckets."
  }),
  series: Schema.optionalKey(Schema.String).annotate({ description: "For a timeseries: the key of the series." }),
  label: Schema.String.annotate({ description: "Text for display." }),
  value: Value.annotate({ description: "The number in the snapshot." }),
  other: Value.annotate({ description: "The number of the other side." }),
  difference: Value.annotate({
    description: "`other − value`. For percentages in percentage points. Null if either number is null."
  }),
  percent: Value.annotate({
    description: "`difference / |value| × 100`, one decimal. Null for percentages, and if `value` is null or 0."
  }),
  partial: Schema.optionalKey(Schema.Literal(true)).annotate({ description: "Present if either bucket is partial." })
}).annotate({ identifier: "ComparedPoint" })
export type ComparedPoint = typeof ComparedPoint.Type

export const ComparedWidget = Schema.Struct({
  instanceId: Schema.String.annotate({ description: "The widget in both layouts." }),
  metricId: Schema.String.annotate({
    description: "The metric in the snapshot, or in the other side if only it has the widget."
  }),
  points: Schema.Array(ComparedPoint).annotate({
    description:
      "In the order of the snapshot. Keys that only the other side has follow. Empty if the widget is incomparable."
  }),
  incomparable: Schema.optionalKey(
    Schema.Struct({ reason: Schema.Literals(incomparableReasons), message: Schema.String })
      .annotate({ identifier: "Incomparable" })
  ).annotate({ description: "Why the two sides of this widget are not compared." }),
  meta: Schema.optionalKey(Meta).annotate({
    description: "Of the snapshot. Absent if only the other side has the widget."
  }),
  otherMeta: Schema.optionalKey(Meta).annotate({ description: "Of the other side. Absent if it lacks the widget." })
}).annotate({ identifier: "ComparedWidget" })
export type ComparedWidget = typeof ComparedWidget.Type

export const SnapshotComparison = Schema.Struct({
  id: SnapshotId.annotate({ description: "The snapshot." }),
  createdAt: Schema.DateTimeUtcFromString.annotate({ description: "Time of the snapshot." }),
  with: Schema.Struct({
    id: Schema.NullOr(SnapshotId).annotate({ description: "The other snapshot. Null for the numbers of now." }),
    asOf: Schema.DateTimeUtcFromString.annotate({ description: "Time of the other side." })
  }).annotate({ identifier: "ComparedSide" }),
  widgets: Schema.Array(ComparedWidget).annotate({ description: "One entry for each widget of either side." })
}).annotate({ identifier: "SnapshotComparison" })
export type SnapshotComparison = typeof SnapshotComparison.Type
