import type { JsonObject } from "./jsonTree.ts"

const text = (description: string): JsonObject => ({ description })

export const recordDescriptions: { readonly [schema: string]: { readonly [property: string]: JsonObject } } = {
  RecordsRequest: {
    "": text("A widget as in a run, and the point of its series whose records are requested."),
    assigneeIds: text("As in `POST /crm-reports/metrics/run`."),
    everyone: text("As in `POST /crm-reports/metrics/run`."),
    timeframe: text("Used if the widget has no timeframe. Default: `last_30d` by `day`."),
    at: text("The point whose records are listed. Default: all points."),
    part: text(
      "`records`: only the first page, without totals. `totals`: only the totals, without a cursor. Default: both, of the same moment."
    ),
    cursor: text(
      "`next` of the previous page. It is valid for a day, for the same caller and the same request. If the list has changed, the response is 412."
    ),
    limit: text("Page size. Default: 50.")
  },
  RecordsAt: {
    "": text("A point by its keys. An unknown key is refused."),
    bucket: text("`bucket` of a timeseries point."),
    series: text("`key` of a series, `~none` and `~other` included. Default: all series."),
    category: text("`category` of a point, `~none` and `~other` included. Default: all points."),
    period: text(
      "Only for a stat, or for a timeseries with `comparePrevious: true`. `current`: the records of the window. `previous`: the records of the window before it. Default: `current`."
    )
  },
  RecordsResponse: {
    results: text("Newest first."),
    total: text("Number of all records, not of this page. Null with `part: records` and on the pages after it."),
    sums: {
      description:
        "Sums of the weights of all records: the numerator and denominator of the number. Null if `total` is."
    },
    amountUnit: text("Unit of `n` in weights and sums. Durations are in seconds."),
    columns: text("The fields of the records, in the order of display."),
    next: text("`cursor` of the next page; null on the last page.")
  },
  RecordAmounts: {
    "": text("Exact decimal numbers as text."),
    n: text("Numerator: a count, an amount of money, or seconds."),
    d: text("Denominator; null for metrics that do not divide.")
  },
  RecordColumn: { key: text("Property of `fields`."), label: text("Text for display.") },
  RecordField: {
    values: text("The stored values: none, one, or several. People outside the scope are left out."),
    text: text("Text for display.")
  },
  MetricRecord: {
    type: text("`spell`: a stay of a lead in a status. `share`: a part of a commission."),
    at: { format: "date-time", description: "The time by which the record is counted." },
    link: text("Address of the record in the CRM. Absent if none is configured."),
    weight: text(
      "What the record adds to the number. If several of the requested points count the record, the weight is added for each."
    ),
    value: text("The record's own value in the unit of the metric. Absent for counts.")
  },
  RecordsFault: {
    "": text("Why there are no records."),
    code: text("As in a run; `unknown_point`: the series has no such point. New codes may be added."),
    message: text("Text for display.")
  }
}
