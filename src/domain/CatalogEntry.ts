import { Schema } from "effect"
import { ChartKind, Shape } from "./Chart.ts"
import { ColorName } from "./Color.ts"
import { Unit } from "./Series.ts"

/** `values` is empty for a dimension without a fixed order. */
export const CatalogDimension = Schema.Struct({
  key: Schema.String.annotateKey({ description: "The `groupBy`, or the name of the dimension of a category." }),
  label: Schema.String.annotateKey({ description: "Text for display." }),
  values: Schema.Array(
    Schema.Struct({ value: Schema.String, label: Schema.String, color: Schema.optionalKey(ColorName) })
  )
}).annotate({ identifier: "CatalogDimension" })
export type CatalogDimension = typeof CatalogDimension.Type

const NumberFormat = Schema.Struct({
  decimals: Schema.Int.annotateKey({ description: "Maximum number of decimals." }),
  compactFrom: Schema.Int.annotateKey({ description: "Cards show a short form, such as 1.2M, from this value on." })
}).annotate({ identifier: "NumberFormat" })

export const CatalogEntry = Schema.Struct({
  id: Schema.String,
  category: Schema.String,
  categoryLabel: Schema.String.annotateKey({ description: "Text for display." }),
  label: Schema.String.annotateKey({ description: "Text for display." }),
  description: Schema.String.annotateKey({ description: "What the metric counts and what it leaves out." }),
  shape: Shape,
  unit: Unit,
  format: NumberFormat.annotateKey({ description: "How numbers of this metric are written." }),
  moreIsBetter: Schema.NullOr(Schema.Boolean).annotateKey({
    description: "Whether a higher value is better; null if it is neither better nor worse."
  }),
  mean: Schema.Boolean.annotateKey({
    description: "True for a percentage or an average. Its values cannot be added up over periods or people."
  }),
  defaultChart: ChartKind,
  charts: Schema.Array(ChartKind).annotateKey({ description: "The default chart comes first." }),
  groupBys: Schema.Array(Schema.String),
  dimensions: Schema.Array(CatalogDimension).annotateKey({
    description:
      "Dimensions of the series or categories: each `groupBy` of a timeseries, or the dimension of a category. `values` are the known values in their order; other values come after them."
  }),
  filters: Schema.Array(Schema.String).annotateKey({ description: "Keys of `filters` that this metric applies." }),
  adminOnly: Schema.Boolean.annotateKey({ description: "Left out of a member's catalog." }),
  takesTimeframe: Schema.Boolean.annotateKey({
    description: "False for metrics of the current state, which ignore the timeframe."
  }),
  countsAhead: Schema.Boolean.annotateKey({
    description:
      "True for metrics of expected times, which also count rows after now. Only these take the presets `next_month`, `next_quarter` and `next_90d`. Without a timeframe, they use `next_90d` by `month`."
  }),
  within: Schema.NullOr(
    Schema.Struct({ choices: Schema.Array(Schema.Int), usual: Schema.Int }).annotate({ identifier: "WithinChoices" })
  ).annotateKey({
    description: "For metrics of cohorts: the numbers of days that a widget may have as `within`, and the default."
  }),
  records: Schema.Boolean.annotateKey({
    description: "True if `POST /crm-reports/metrics/records` lists the rows behind the number."
  })
}).annotate({ identifier: "CatalogEntry" })
export type CatalogEntry = typeof CatalogEntry.Type

export const CatalogResponse = Schema.Struct({ metrics: Schema.Array(CatalogEntry) })
  .annotate({ identifier: "CatalogResponse" })
