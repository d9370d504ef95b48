import { Schema } from "effect"
import { closed } from "./closed.ts"
import { Failure } from "./Failure.ts"
import { view, WidgetRequest } from "./Run.ts"
import { Meta, WidgetFault } from "./Series.ts"
import { Text, Word } from "./Text.ts"

export const maxRecords = 200
export const defaultRecords = 50

const Key = Text({ maximum: 10_000 })

export const RecordsAt = closed({
  bucket: Schema.optionalKey(Word).annotateKey({
    description: "`bucket` of a timeseries point. `~none`: the deals of `meta.withoutDate`."
  }),
  series: Schema.optionalKey(Key).annotateKey({
    description: "`key` of a series, `~none` and `~other` included. Default: all series."
  }),
  category: Schema.optionalKey(Key).annotateKey({
    description: "`category` of a point, `~none` and `~other` included. Default: all points."
  }),
  period: Schema.optionalKey(Schema.Literals(["current", "previous"])).annotateKey({
    description:
      "Only for a stat, or for a timeseries with `comparePrevious: true`. `current`: the records of the window. `previous`: the records of the window before it. Default: `current`."
  })
}, "key of a point").annotate({
  identifier: "RecordsAt",
  description: "A point by its keys. An unknown key is refused."
})
export type RecordsAt = typeof RecordsAt.Type

const point = {
  widget: WidgetRequest,
  ...view,
  at: Schema.optionalKey(RecordsAt).annotateKey({
    description: "The point whose records are listed. Default: all points."
  })
}

export const RecordsRequest = Schema.Struct({
  ...point,
  part: Schema.optionalKey(Schema.Literals(["records", "totals"])).annotateKey({
    description:
      "`records`: only the first page, without totals. `totals`: only the totals, without a cursor. Default: both, of the same moment."
  }),
  columns: Schema.optionalKey(Schema.Array(Word).check(Schema.isMaxLength(100))).annotateKey({
    description:
      "For a file: the keys of the `columns` that it has, besides those that each record has. Default: all. JSON has all."
  }),
  cursor: Schema.optionalKey(Text({ maximum: 16_000 })).annotateKey({
    description:
      "`next` of the previous page. It is valid for a day, for the same caller and the same request. If the list has changed, the response is 412."
  }),
  limit: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maxRecords }))).annotateKey({
    description: `Page size. Default: ${defaultRecords}.`
  })
}).annotate({
  identifier: "RecordsRequest",
  description: "A widget as in a run, and the point of its series whose records are requested."
})
export type RecordsRequest = typeof RecordsRequest.Type

/** Amounts are decimal texts, because a float could round them. */
const Amount = Schema.String

const Amounts = Schema.Struct({
  n: Amount.annotateKey({ description: "Numerator: a count, an amount of money, or seconds." }),
  d: Schema.NullOr(Amount).annotateKey({ description: "Denominator; null for metrics that do not divide." })
}).annotate({ identifier: "RecordAmounts", description: "Exact decimal numbers as text." })

export const RecordColumn = Schema.Struct({
  key: Schema.String.annotateKey({ description: "Property of `fields`." }),
  label: Schema.String.annotateKey({ description: "Text for display." }),
  kind: Schema.Literals(["text", "time", "money", "percent", "number", "person", "people", "tags"])
}).annotate({ identifier: "RecordColumn" })
export type RecordColumn = typeof RecordColumn.Type

export const RecordField = Schema.Struct({
  values: Schema.Array(Schema.String).annotateKey({
    description: "The stored values: none, one, or several. People outside the scope are left out."
  }),
  text: Schema.NullOr(Schema.String).annotateKey({ description: "Text for display." })
}).annotate({ identifier: "RecordField" })
export type RecordField = typeof RecordField.Type

export const Record = Schema.Struct({
  type: Schema.Literals(["lead", "deal", "task", "call", "email", "spell", "share"]).annotateKey({
    description: "`spell`: a stay of a lead in a status. `share`: a part of a commission."
  }),
  id: Schema.String,
  at: Schema.String.annotateKey({ format: "date-time", description: "The time by which the record is counted." }),
  link: Schema.optionalKey(Schema.String).annotateKey({
    description: "Address of the record in the CRM. Absent if none is configured."
  }),
  weight: Amounts.annotateKey({
    description:
      "What the record adds to the number. If several of the requested points count the record, the weight is added for each."
  }),
  value: Schema.optionalKey(Schema.NullOr(Schema.Finite)).annotateKey({
    description: "The record's own value in the unit of the metric. Absent for counts."
  }),
  fields: Schema.Record(Schema.String, RecordField)
}).annotate({ identifier: "MetricRecord" })
export type Record = typeof Record.Type

export class ListChanged extends Failure<ListChanged>()("ListChanged", {
  status: 412,
  code: "list_changed",
  message: "The list of records has changed since its first page. Read the first page again."
}) {}

export const RecordsFault = Schema.Struct({
  code: Schema.Literals([...WidgetFault.fields.code.literals, "unknown_point"]).annotateKey({
    description: "As in a run; `unknown_point`: the series has no such point. New codes may be added."
  }),
  message: Schema.String.annotateKey({ description: "Text for display." })
}).annotate({ identifier: "RecordsFault", description: "Why there are no records." })

export const RecordsResponse = Schema.Struct({
  results: Schema.Array(Record).annotateKey({ description: "Newest first." }),
  total: Schema.NullOr(Schema.Int).annotateKey({
    description: "Number of all records, not of this page. Null with `part: records` and on the pages after it."
  }),
  sums: Schema.NullOr(Amounts.annotate({ identifier: "RecordSums" })).annotateKey({
    description: "Sums of the weights of all records: the numerator and denominator of the number. Null if `total` is."
  }),
  amountUnit: Schema.Literals(["count", "money", "seconds"]).annotateKey({
    description: "Unit of `n` in weights and sums. Durations are in seconds."
  }),
  columns: Schema.Array(RecordColumn).annotateKey({
    description: "The fields of the records, in the order of display."
  }),
  next: Schema.NullOr(Schema.String).annotateKey({
    description: "`cursor` of the next page; null on the last page."
  }),
  meta: Meta,
  error: Schema.optionalKey(RecordsFault)
}).annotate({ identifier: "RecordsResponse" })
export type RecordsResponse = typeof RecordsResponse.Type
