import { Schema } from "effect"

export const Value = Schema.NullOr(Schema.Finite)

export const Stat = Schema.Struct({
  value: Value,
  previous: Value,
  deltaPct: Value.annotateKey({
    description:
      "Relative change in percent: `(value − previous) / |previous| × 100`, one decimal. Null if `previous` is null or 0. For a metric in percent it is also relative, not a difference in percentage points."
  })
}).annotate({ identifier: "Stat", description: "A number, and the same number for the previous window." })
export type Stat = typeof Stat.Type

/** A point has these fields if the view compares with the window before. */
export const comparedFields = {
  previous: Schema.optionalKey(Value).annotateKey({
    description:
      "With `comparePrevious` in the view: the value over the window before, up to the same elapsed time. Absent for `all_time`, for metrics of the current state or of expected times, and for `leads.by_status`, `leads.funnel`, and `tasks.by_status`: they count rows by their state now, and earlier rows had longer to reach it."
  }),
  deltaPct: Schema.optionalKey(Value).annotateKey({
    description: "Present with `previous`: the relative change in percent, as in a stat."
  })
}
