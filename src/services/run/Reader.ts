import { Effect, Exit, Schema } from "effect"
import type { Unreachable } from "../../domain/Unavailable.ts"
import type { AggregateRow } from "../../query/AggregateRow.ts"
import { compile, compileRecords } from "../../query/compile.ts"
import { newestFirst } from "../../query/inMemory.ts"
import { isEmpty, type Plan } from "../../query/Plan.ts"
import type { CountedPage, CountedRow, RecordQuery, Totals } from "../../query/Point.ts"
import { plansFor } from "../../query/series/openDeals.ts"
import type { Statement } from "../../query/sql/Statement.ts"
import { traced } from "../../telemetry/measure.ts"
import { countedBy } from "../../telemetry/requestFacts.ts"
import type { NotAnswered } from "../standby/Standby.ts"

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

const countedPageOf = (query: RecordQuery) => (rows: ReadonlyArray<object>): CountedPage => {
  const found = rows.filter((row) => "id" in row && row.id !== null)
  return {
    rows: found.map((row) => countedRowOf(decodeRow(row))).toSorted(newestFirst),
    totals: totalsOf(query, rows)
  }
}

const SqlRow = Schema.Struct({
  bucket: Schema.Int,
  n: Schema.String,
  group: Schema.optionalKey(Schema.NullOr(Schema.String)),
  label: Schema.optionalKey(Schema.NullOr(Schema.String)),
  currency: Schema.optionalKey(Schema.NullOr(Schema.String)),
  d: Schema.optionalKey(Schema.String),
  deals: Schema.optionalKey(Schema.String),
  price: Schema.optionalKey(Schema.String)
})

const wholeOf = (text: string | undefined): bigint => text === undefined ? 0n : BigInt(text)

const decode = Schema.decodeUnknownSync(Schema.Array(SqlRow))

const aggregateRowOf = ({ bucket, currency, d, deals, group, label, n, price }: typeof SqlRow.Type): AggregateRow => ({
  bucket,
  group: group ?? null,
  label: label ?? null,
  currency: currency ?? null,
  numerator: BigInt(n),
  denominator: wholeOf(d),
  currencyRows: wholeOf(deals),
  currencyTotal: wholeOf(price)
})

interface ReaderWith<E> {
  rows(plan: Plan): Effect.Effect<ReadonlyArray<AggregateRow>, E>
  /** Lists of records always come from SQL, because a replica lacks columns that are only displayed. */
  records(query: RecordQuery): Effect.Effect<CountedPage, E>
}

export interface Reader extends ReaderWith<Unreachable> {
  /** Only a replica counts the plans of a run together, before `rows` asks for them. */
  readonly ahead?: {
    count(plans: ReadonlyArray<Plan>): Effect.Effect<void>
    /** If this is true, `rows` does not wait. */
    isCounted(plan: Plan): boolean
  }
}

export const countedAhead = ({ ahead }: Reader, plans: ReadonlyArray<Plan>): Effect.Effect<void> => {
  if (ahead === undefined) return Effect.void
  return ahead.count(plans.flatMap(plansFor).filter((plan) => !isEmpty(plan)))
}

/** The rows of a timeseries over `all_time` may show that it needs larger buckets. */
const mayNeedMore = ({ metric, window }: Plan) => metric.shape === "timeseries" && window?.from === null

export const isCountedBy = ({ ahead }: Reader) => (plan: Plan): boolean => {
  if (ahead === undefined || mayNeedMore(plan)) return false
  return plansFor(plan).every((one) => isEmpty(one) || ahead.isCounted(one))
}

type Sent<E> = (statement: Statement) => Effect.Effect<ReadonlyArray<object>, E>

const readerBy = (counted: ReturnType<typeof countedBy>) => <E>(send: Sent<E>): ReaderWith<E> => ({
  rows: (plan) =>
    Effect.map(counted(traced(`sql ${plan.id}`)(send(compile(plan)))), (rows) => decode(rows).map(aggregateRowOf)),
  records: (query) => Effect.map(traced("sql records")(send(compileRecords(query))), countedPageOf(query))
})

export const sqlReader = readerBy(countedBy("sql"))

const standbyReader = readerBy(countedBy("standby", Exit.isSuccess))

export const readerWithStandby = (ask: Sent<NotAnswered>, primary: Reader): Reader => {
  const standby = standbyReader(ask)
  return {
    rows: (plan) => Effect.catch(standby.rows(plan), () => primary.rows(plan)),
    records: (query) => Effect.catch(standby.records(query), () => primary.records(query))
  }
}
