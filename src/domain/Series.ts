import { Schema } from "effect"
import type { Shape } from "./Chart.ts"
import { Bucket } from "./Timeframe.ts"

export const Unit = Schema.Literals(["count", "percent", "money", "days", "minutes", "seconds"])
  .annotate({ identifier: "Unit" })
export type Unit = typeof Unit.Type

const Value = Schema.NullOr(Schema.Finite)

export const SeriesKey = Schema.Struct({ key: Schema.String, label: Schema.String }).annotate({
  identifier: "SeriesKey"
})
export type SeriesKey = typeof SeriesKey.Type

/** A point has one property for each key in `series`. */
export const TimeseriesPoint = Schema.StructWithRest(
  Schema.Struct({ bucket: Schema.String, partial: Schema.optionalKey(Schema.Boolean) }),
  [Schema.Record(Schema.String, Schema.Union([Schema.Finite, Schema.String, Schema.Boolean, Schema.Null]))]
).annotate({ identifier: "TimeseriesPoint" })
export type TimeseriesPoint = typeof TimeseriesPoint.Type

export const CategoryPoint = Schema.Struct({ category: Schema.String, label: Schema.String, value: Value })
  .annotate({ identifier: "CategoryPoint" })
export type CategoryPoint = typeof CategoryPoint.Type

export const LeaderboardPoint = Schema.Struct({
  category: Schema.String,
  label: Schema.String,
  rank: Schema.Int,
  value: Value,
  target: Schema.optionalKey(Value),
  attainedPct: Schema.optionalKey(Value)
}).annotate({ identifier: "LeaderboardPoint" })
export type LeaderboardPoint = typeof LeaderboardPoint.Type

export const Stat = Schema.Struct({ value: Value, previous: Value, deltaPct: Value }).annotate({ identifier: "Stat" })
export type Stat = typeof Stat.Type

const Interval = Schema.Struct({ from: Schema.String, to: Schema.String }).annotate({ identifier: "Interval" })

export const TargetPoint = Schema.Struct({ bucket: Schema.String, value: Schema.Finite }).annotate({
  identifier: "TargetPoint"
})
export type TargetPoint = typeof TargetPoint.Type

/** `points` belongs to a timeseries. */
const TargetFigures = Schema.Struct({
  value: Value,
  people: Schema.Int,
  missing: Schema.Int,
  attainedPct: Value,
  expectedByNow: Value,
  projected: Value,
  remaining: Value,
  additive: Schema.Boolean,
  points: Schema.optionalKey(Schema.Array(TargetPoint))
}).annotate({ identifier: "TargetFigures" })

const TargetFault = Schema.Struct({
  error: Schema.Struct({
    code: Schema.Literals(["unsupported", "no_whole_period", "not_additive", "incomparable", "unavailable"]),
    message: Schema.String
  })
}).annotate({ identifier: "TargetFault" })

export const Meta = Schema.Struct({
  unit: Unit,
  currency: Schema.optionalKey(Schema.String),
  excluded: Schema.optionalKey(
    Schema.Array(Schema.Struct({ currency: Schema.String, count: Schema.Int, total: Schema.Finite }))
  ),
  window: Schema.optionalKey(Schema.Struct({
    from: Schema.NullOr(Schema.String),
    to: Schema.String,
    timeZone: Schema.String,
    weekStart: Schema.Int,
    bucket: Bucket
  })),
  previousWindow: Schema.optionalKey(Interval),
  scope: Schema.Struct({
    kind: Schema.Literals(["own", "members", "everyone"]),
    members: Schema.Int,
    nobody: Schema.optionalKey(Schema.Literal(true))
  }),
  filters: Schema.Struct({
    applied: Schema.Record(Schema.String, Schema.Array(Schema.String)),
    ignored: Schema.Array(Schema.String),
    invalid: Schema.optionalKey(Schema.Boolean)
  }),
  additive: Schema.Boolean,
  truncated: Schema.optionalKey(Schema.Int),
  target: Schema.optionalKey(Schema.Union([TargetFigures, TargetFault])),
  gated: Schema.optionalKey(Schema.Literals(["admin_only"])),
  asOf: Schema.String
}).annotate({ identifier: "Meta" })
export type Meta = typeof Meta.Type

export const WidgetFault = Schema.Struct({
  code: Schema.Literals([
    "unknown_metric",
    "unsupported_chart",
    "unsupported_group_by",
    "unsupported_comparison",
    "invalid_timeframe",
    "too_many_buckets",
    "timeout",
    "unavailable"
  ]),
  message: Schema.String
}).annotate({ identifier: "WidgetFault" })
export type WidgetFault = typeof WidgetFault.Type

const seriesOf = <const S extends Shape, P extends Schema.Constraint>(shape: S, points: P) =>
  Schema.Struct({
    instanceId: Schema.String,
    shape: Schema.Literal(shape),
    series: Schema.Array(SeriesKey),
    points,
    stat: Schema.NullOr(Stat),
    meta: Meta,
    error: Schema.optionalKey(WidgetFault)
  })

export const TimeseriesSeries = Schema.Struct({
  ...seriesOf("timeseries", Schema.Array(TimeseriesPoint)).fields,
  previousPoints: Schema.optionalKey(Schema.Array(TimeseriesPoint))
}).annotate({ identifier: "TimeseriesSeries" })

export const CategorySeries = seriesOf("category", Schema.Array(CategoryPoint))
  .annotate({ identifier: "CategorySeries" })

export const StatSeries = seriesOf("stat", Schema.Array(CategoryPoint)).annotate({ identifier: "StatSeries" })

export const LeaderboardSeries = seriesOf("leaderboard", Schema.Array(LeaderboardPoint))
  .annotate({ identifier: "LeaderboardSeries" })

export const MetricSeries = Schema.Union([TimeseriesSeries, CategorySeries, StatSeries, LeaderboardSeries])
  .annotate({ identifier: "MetricSeries" })
export type MetricSeries = typeof MetricSeries.Type

type Unclaimed<S> = S extends unknown ? Omit<S, "instanceId"> : never
export type Series = Unclaimed<MetricSeries>
