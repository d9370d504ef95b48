import { Schema } from "effect"
import { ChartKind, Shape } from "./Chart.ts"
import { Unit } from "./Series.ts"

/** A metric as a builder sees it. The default chart stands first in `charts` too. */
export const CatalogEntry = Schema.Struct({
  id: Schema.String,
  category: Schema.String,
  label: Schema.String,
  description: Schema.String,
  shape: Shape,
  unit: Unit,
  defaultChart: ChartKind,
  charts: Schema.Array(ChartKind),
  groupBys: Schema.Array(Schema.String),
  filters: Schema.Array(Schema.String),
  adminOnly: Schema.Boolean,
  takesTimeframe: Schema.Boolean
}).annotate({ identifier: "CatalogEntry" })
export type CatalogEntry = typeof CatalogEntry.Type

export const CatalogResponse = Schema.Struct({ metrics: Schema.Array(CatalogEntry) })
  .annotate({ identifier: "CatalogResponse" })
