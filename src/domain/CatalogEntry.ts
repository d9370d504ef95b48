import { Schema } from "effect"
import { ChartKind, Shape } from "./Chart.ts"
import { ColorName } from "./Color.ts"
import { Unit } from "./Series.ts"

/** `values` is empty for a dimension without a fixed order. */
export const CatalogDimension = Schema.Struct({
  key: Schema.String,
  label: Schema.String,
  values: Schema.Array(
    Schema.Struct({ value: Schema.String, label: Schema.String, color: Schema.optionalKey(ColorName) })
  )
}).annotate({ identifier: "CatalogDimension" })
export type CatalogDimension = typeof CatalogDimension.Type

export const CatalogEntry = Schema.Struct({
  id: Schema.String,
  category: Schema.String,
  categoryLabel: Schema.String,
  label: Schema.String,
  description: Schema.String,
  shape: Shape,
  unit: Unit,
  format: Schema.Struct({ decimals: Schema.Int, compactFrom: Schema.Int }).annotate({ identifier: "NumberFormat" }),
  moreIsBetter: Schema.NullOr(Schema.Boolean),
  defaultChart: ChartKind,
  charts: Schema.Array(ChartKind),
  groupBys: Schema.Array(Schema.String),
  dimensions: Schema.Array(CatalogDimension),
  filters: Schema.Array(Schema.String),
  adminOnly: Schema.Boolean,
  takesTimeframe: Schema.Boolean,
  records: Schema.Boolean
}).annotate({ identifier: "CatalogEntry" })
export type CatalogEntry = typeof CatalogEntry.Type

export const CatalogResponse = Schema.Struct({ metrics: Schema.Array(CatalogEntry) })
  .annotate({ identifier: "CatalogResponse" })
