import { Schema } from "effect"
import type { Shape } from "./Chart.ts"
import { comparedFields, Stat, Value } from "./Stat.ts"
import { openDealFigures, TargetFault, TargetFigures } from "./TargetFigures.ts"
import { Bucket } from "./Timeframe.ts"

export const Unit = Schema.Literals(["count", "percent", "money", "days", "minutes", "seconds"])
  .annotate({ identifier: "Unit" })
export type Unit = typeof Unit.Type

export const SeriesKey = Schema.Struct({
  key: Schema.String.annotateKey({
    description: "Property name in the points. Reserved keys start with `~`: `~none`, `~other`."
  }),
  label: Schema.String.annotateKey({ description: "Text for display." })
}).annotate({ identifier: "SeriesKey" })
export type SeriesKey = typeof SeriesKey.Type

export const TimeseriesPoint = Schema.StructWithRest(
  Schema.Struct({
    bucket: Schema.String.annotateKey({ format: "date", description: "First local day of the bucket." }),
    partial: Schema.optionalKey(Schema.Boolean).annotateKey({
      description:
        "Present if the window or `asOf` covers only a part of the bucket, or if a lead of a cohort has not had `meta.within` days yet."
    })
  }),
  [Schema.Record(Schema.String, Schema.Union([Schema.Finite, Schema.String, Schema.Boolean, Schema.Null]))]
).annotate({
  identifier: "TimeseriesPoint",
  description: "`bucket`, and one number or null for each key of `series`."
})
export type TimeseriesPoint = typeof TimeseriesPoint.Type

export const CategoryPoint = Schema.Struct({
  category: Schema.String,
  label: Schema.String,
  value: Value,
  ...comparedFields,
  ofFirst: Schema.optionalKey(Value).annotateKey({
    description:
      "In a funnel: the value as a percentage of the first step, one decimal. Null for the first step, for points that are no steps, and if the first step is 0."
  }),
  ofPrevious: Schema.optionalKey(Value).annotateKey({
    description:
      "In a funnel: the value as a percentage of the step before, one decimal. Null for the first step, for points that are no steps, and if the step before is 0."
  })
}).annotate({ identifier: "CategoryPoint" })
export type CategoryPoint = typeof CategoryPoint.Type

export const LeaderboardPoint = Schema.Struct({
  category: Schema.String.annotateKey({ description: "User id." }),
  label: Schema.String.annotateKey({ description: "Name of the person." }),
  rank: Schema.Int,
  value: Value,
  ...comparedFields,
  target: Schema.optionalKey(Value).annotateKey({
    description: "With `target: true`: the target of this person. Null if the person has none."
  }),
  attainedPct: Schema.optionalKey(Value).annotateKey({
    description: "With `target: true`: the value as a percentage of `target`, one decimal."
  })
}).annotate({ identifier: "LeaderboardPoint" })
export type LeaderboardPoint = typeof LeaderboardPoint.Type

const dateTime = (description: string) => ({ format: "date-time", description })

const Interval = Schema.Struct({
  from: Schema.String.annotateKey(dateTime("Included in the window.")),
  to: Schema.String.annotateKey(dateTime("Excluded from the window."))
}).annotate({ identifier: "Interval" })

const AppliedFilters = Schema.Record(Schema.String, Schema.Array(Schema.String))

export const Meta = Schema.Struct({
  unit: Unit,
  currency: Schema.optionalKey(Schema.String).annotateKey({
    description: "Currency of the amounts: the one with most deals in the widget."
  }),
  excluded: Schema.optionalKey(
    Schema.Array(Schema.Struct({ currency: Schema.String, count: Schema.Int, total: Schema.Finite }))
  ).annotateKey({ description: "Deals in other currencies, which are left out and never converted." }),
  window: Schema.optionalKey(Schema.Struct({
    from: Schema.NullOr(Schema.String).annotateKey(
      dateTime("Start, included. Null for `all_time` metrics without a lower bound.")
    ),
    to: Schema.String.annotateKey(dateTime("End, excluded.")),
    timeZone: Schema.String,
    weekStart: Schema.Int,
    bucket: Bucket
  })).annotateKey({
    description: "Half-open interval: `from` is included, `to` is excluded. Absent for metrics of the current state."
  }),
  previousWindow: Schema.optionalKey(Interval).annotateKey({
    description: "The window that `previous` or `previousPoints` count."
  }),
  scope: Schema.Struct({
    kind: Schema.Literals(["own", "members", "everyone"]),
    members: Schema.Int,
    nobody: Schema.optionalKey(Schema.Literal(true))
  }).annotateKey({
    description:
      "`own`: the caller's rows only. `members`: the rows of this number of people. `everyone`: all rows of the organization. `nobody: true`: also the rows that no member owns or is assigned to."
  }),
  filters: Schema.Struct({
    applied: AppliedFilters,
    also: Schema.optionalKey(AppliedFilters),
    ignored: Schema.Array(Schema.String),
    invalid: Schema.optionalKey(Schema.Boolean)
  }).annotateKey({
    description:
      "Filters of the widget and of the request that were applied, and filters that this metric does not have. `also`: a second filter by a key of `applied`; a row passes both. `invalid`: the filters are not an object, so nothing is counted."
  }),
  coverage: Schema.optionalKey(Schema.Struct({ leads: Schema.Int, withSpells: Schema.Int })).annotateKey({
    description:
      "In a funnel and in cohorts: the number of leads that entered, and how many of them have a status history. The others count only by their current status in a funnel, and not at all in cohorts."
  }),
  within: Schema.optionalKey(Schema.Int).annotateKey({
    description: "In cohorts: the days after the entry of a lead that the number counts."
  }),
  additive: Schema.Boolean.annotateKey({ description: "Whether the values add up to the total." }),
  ...openDealFigures,
  truncated: Schema.optionalKey(Schema.Int).annotateKey({
    description: "Number of leaderboard rows that are left out."
  }),
  target: Schema.optionalKey(Schema.Union([TargetFigures, TargetFault])).annotateKey({
    description:
      "With `target: true` in the widget: the target of the number, or why there is none. In a ranking by person, the points have the targets."
  }),
  gated: Schema.optionalKey(Schema.Literals(["admin_only"])).annotateKey({
    description: "Present if only admins get numbers for this metric."
  }),
  asOf: Schema.String.annotateKey(dateTime("Time of the request. Later rows are not counted."))
}).annotate({ identifier: "Meta", description: "Unit, window, scope and filters of the numbers." })
export type Meta = typeof Meta.Type

export const WidgetFault = Schema.Struct({
  code: Schema.Literals([
    "unknown_metric",
    "unsupported_chart",
    "unsupported_group_by",
    "unsupported_comparison",
    "unsupported_within",
    "invalid_timeframe",
    "too_many_buckets",
    "weights_missing",
    "timeout",
    "unavailable"
  ]).annotateKey({ description: "Machine-readable; new codes may be added." }),
  message: Schema.String.annotateKey({ description: "Text for display." })
}).annotate({
  identifier: "WidgetFault",
  description: "Why this widget has no numbers. It does not affect the other widgets."
})
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
  previousPoints: Schema.optionalKey(Schema.Array(TimeseriesPoint)).annotateKey({
    description:
      "With `comparePrevious`: the same series over the window before, up to the same elapsed time. The first previous point is compared with the first point, and so on; their numbers may differ. A group that has rows only in the window before also has a series, or is in `~other`. Absent for `all_time`."
  })
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
