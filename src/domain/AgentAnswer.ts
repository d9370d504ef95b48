import { Schema } from "effect"
import { RecordsResponse } from "./Records.ts"
import { Meta, WidgetFault } from "./Series.ts"

const Cell = Schema.Union([Schema.String, Schema.Finite, Schema.Boolean, Schema.Null])

const { currency, gated, scope, unit, window } = Meta.fields

const table = {
  columns: Schema.Array(Schema.String),
  rows: Schema.Array(Schema.Array(Cell)),
  meta: Schema.Struct({ unit, currency, window, scope, gated })
}

export const RunTable = Schema.Struct({
  ...table,
  instanceId: Schema.String,
  notes: Schema.Array(Schema.String),
  error: Schema.optionalKey(WidgetFault)
})
export type RunTable = typeof RunTable.Type

const { amountUnit, error, next, sums, total } = RecordsResponse.fields

export const RecordTable = Schema.Struct({ ...table, total, sums, amountUnit, next, error })
export type RecordTable = typeof RecordTable.Type

export const Refusal = Schema.Struct({
  code: Schema.String,
  message: Schema.String
})
export type Refusal = typeof Refusal.Type
