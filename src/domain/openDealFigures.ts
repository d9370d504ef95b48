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
