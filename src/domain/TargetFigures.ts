import { Schema } from "effect"

const CountedMoney = Schema.Struct({ count: Schema.Int, total: Schema.Finite })
  .annotate({ identifier: "CountedMoney", description: "A number of deals, and the sum of their prices." })

/** These fields name the open deals that a number leaves out, and the weights that it was computed with. */
export const openDealFigures = {
  deals: Schema.optionalKey(Schema.Int).annotateKey({ description: "Number of overdue deals." }),
  withoutDate: Schema.optionalKey(CountedMoney).annotateKey({
    description: "Open deals in `currency` that have no expected date. They do not depend on the window."
  }),
  weights: Schema.optionalKey(Schema.Record(Schema.String, Schema.Finite)).annotateKey({
    description: "The weight of each stage in percent that the number was computed with."
  }),
  withoutWeight: Schema.optionalKey(
    Schema.Array(Schema.Struct({ stage: Schema.String, label: Schema.String, ...CountedMoney.fields }))
  ).annotateKey({ description: "Open deals in `currency` that are not counted, because their stage has no weight." })
}

const Value = Schema.NullOr(Schema.Finite)

export const TargetPoint = Schema.Struct({
  bucket: Schema.String.annotateKey({ format: "date", description: "First local day of the bucket." }),
  value: Schema.Finite
}).annotate({ identifier: "TargetPoint" })
export type TargetPoint = typeof TargetPoint.Type

export const TargetFigures = Schema.Struct({
  value: Value.annotateKey({
    description:
      "The values of all periods of the window, added up. A percentage or an average has their mean, weighted by the local days of the periods. The coarsest period that has all values applies. Null: nobody has a target."
  }),
  people: Schema.Int.annotateKey({
    description: "Number of people whose targets are added. 0 for the target of the organization."
  }),
  missing: Schema.Int.annotateKey({
    description: "Number of people without a target. People who left do not count."
  }),
  attainedPct: Value.annotateKey({
    description: "The number as a percentage of the target, one decimal. Null if the target is null or 0."
  }),
  expectedByNow: Value.annotateKey({
    description:
      "The target × the local days that have begun ÷ the local days of the period. A percentage or an average: the mean of the days that have begun."
  }),
  projected: Value.annotateKey({
    description:
      "The number ÷ the local days that have begun × the local days of the window. Null for percentages and averages."
  }),
  remaining: Value.annotateKey({ description: "The target less the number. Negative if the target is passed." }),
  additive: Schema.Boolean.annotateKey({
    description: "False: targets of several people are added, whose rows may be shared."
  }),
  points: Schema.optionalKey(Schema.Array(TargetPoint)).annotateKey({
    description:
      "For a timeseries: what is due at the end of each bucket of the window, also after `asOf`. For a percentage or an average: the target of the days of the bucket."
  })
}).annotate({
  identifier: "TargetFigures",
  description: "The target of the window, and how far the number is. Figures are rounded like the number."
})

export const TargetFault = Schema.Struct({
  error: Schema.Struct({
    code: Schema.Literals(["unsupported", "no_whole_period", "not_additive", "incomparable", "unavailable"]),
    message: Schema.String
  })
}).annotate({
  identifier: "TargetFault",
  description: "Why the widget has no target. Its numbers are not affected."
})
