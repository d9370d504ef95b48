import { Schema } from "effect"
import { closed } from "./closed.ts"
import { Failure } from "./Failure.ts"
import { selection, WidgetRequest } from "./Run.ts"
import { Meta, WidgetFault } from "./Series.ts"
import { Text, Word } from "./Text.ts"
import { TimeframeRequest } from "./Timeframe.ts"

export const maxRecords = 200
export const defaultRecords = 50

const Key = Text({ maximum: 10_000 })

export const RecordsAt = closed({
  bucket: Schema.optionalKey(Word),
  series: Schema.optionalKey(Key),
  category: Schema.optionalKey(Key),
  period: Schema.optionalKey(Schema.Literals(["current", "previous"]))
}, "key of a point").annotate({ identifier: "RecordsAt" })
export type RecordsAt = typeof RecordsAt.Type

const point = {
  widget: WidgetRequest,
  ...selection,
  timeframe: Schema.optionalKey(TimeframeRequest),
  at: Schema.optionalKey(RecordsAt)
}

export const RecordsRequest = Schema.Struct({
  ...point,
  part: Schema.optionalKey(Schema.Literals(["records", "totals"])),
  cursor: Schema.optionalKey(Text({ maximum: 4_000 })),
  limit: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maxRecords })))
}).annotate({ identifier: "RecordsRequest" })
export type RecordsRequest = typeof RecordsRequest.Type

/** Amounts are decimal texts, because a float could round them. */
const Amount = Schema.String

/** `n` is the numerator. `d` is the denominator, or null if the metric does not divide. */
const Amounts = Schema.Struct({ n: Amount, d: Schema.NullOr(Amount) }).annotate({ identifier: "RecordAmounts" })

export const RecordColumn = Schema.Struct({
  key: Schema.String,
  label: Schema.String,
  kind: Schema.Literals(["text", "time", "money", "percent", "number", "person", "people", "tags"])
}).annotate({ identifier: "RecordColumn" })
export type RecordColumn = typeof RecordColumn.Type

export const RecordField = Schema.Struct({
  values: Schema.Array(Schema.String),
  text: Schema.NullOr(Schema.String)
}).annotate({ identifier: "RecordField" })
export type RecordField = typeof RecordField.Type

export const Record = Schema.Struct({
  type: Schema.Literals(["lead", "deal", "task", "call", "email", "spell", "share"]),
  id: Schema.String,
  at: Schema.String,
  link: Schema.optionalKey(Schema.String),
  weight: Amounts,
  value: Schema.optionalKey(Schema.NullOr(Schema.Finite)),
  fields: Schema.Record(Schema.String, RecordField)
}).annotate({ identifier: "MetricRecord" })
export type Record = typeof Record.Type

export class ListChanged extends Failure<ListChanged>()("ListChanged", {
  status: 412,
  code: "list_changed",
  message: "The list of records has changed since its first page. Read the first page again."
}) {}

export const RecordsFault = Schema.Struct({
  code: Schema.Literals([...WidgetFault.fields.code.literals, "unknown_point"]),
  message: Schema.String
}).annotate({ identifier: "RecordsFault" })

export const RecordsResponse = Schema.Struct({
  results: Schema.Array(Record),
  total: Schema.NullOr(Schema.Int),
  sums: Schema.NullOr(Amounts),
  amountUnit: Schema.Literals(["count", "money", "seconds"]),
  columns: Schema.Array(RecordColumn),
  next: Schema.NullOr(Schema.String),
  meta: Meta,
  error: Schema.optionalKey(RecordsFault)
}).annotate({ identifier: "RecordsResponse" })
export type RecordsResponse = typeof RecordsResponse.Type
