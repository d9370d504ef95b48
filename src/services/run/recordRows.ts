import { Schema } from "effect"
import type { CountedPage, CountedRow } from "../../query/CountedRow.ts"
import { newestFirst } from "../../query/findRecords.ts"
import type { RecordQuery, Totals } from "../../query/Point.ts"

const Cells = Schema.fromJsonString(
  Schema.Array(Schema.NullOr(Schema.Union([Schema.String, Schema.Array(Schema.String)])))
)

const Labels = Schema.fromJsonString(Schema.Record(Schema.String, Schema.String))

const Totals = Schema.Struct({ total: Schema.String, total_n: Schema.String, total_d: Schema.String })

const Row = Schema.Struct({
  id: Schema.String,
  subject: Schema.String,
  at: Schema.String,
  n: Schema.String,
  d: Schema.String,
  cells: Cells,
  labels: Schema.NullOr(Labels)
})

const decodeTotals = Schema.decodeUnknownSync(Totals)
const decodeRow = Schema.decodeUnknownSync(Row)

const countedRowOf = ({ at, cells, d, id, labels, n, subject }: typeof Row.Type): CountedRow => ({
  id,
  subject,
  at: Number(at),
  numerator: BigInt(n),
  denominator: BigInt(d),
  cells,
  labels: labels ?? {}
})

const totalsIn = (row: object | undefined): Totals => {
  const { total, total_d, total_n } = decodeTotals(row)
  return { rows: Number(total), numerator: BigInt(total_n), denominator: BigInt(total_d) }
}

const totalsOf = ({ after, part }: RecordQuery, rows: ReadonlyArray<object>): Totals | undefined => {
  if (after !== undefined) return after.totals
  return part === "records" ? undefined : totalsIn(rows[0])
}

export const countedPageOf = (query: RecordQuery) => (rows: ReadonlyArray<object>): CountedPage => {
  const found = rows.filter((row) => "id" in row && row.id !== null)
  return {
    rows: found.map((row) => countedRowOf(decodeRow(row))).toSorted(newestFirst),
    totals: totalsOf(query, rows)
  }
}
