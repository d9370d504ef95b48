import { Effect } from "effect"
import type { Unreachable } from "../../domain/Unavailable.ts"
import type { AggregateRow } from "../../query/AggregateRow.ts"
import { isEmpty, type Plan } from "../../query/Plan.ts"
import type { CountedPage, Point, RecordQuery } from "../../query/Point.ts"
import { type At, currencyPlan, needsRows, pointOf } from "../../query/series/pointOf.ts"
import type { Reader } from "./Reader.ts"
import { countedRows, rowsOf } from "./widgets.ts"

type Asked = Pick<RecordQuery, "limit" | "after" | "part">

const noRows = ({ after, part }: Asked): CountedPage => {
  const none = part === "records" ? undefined : { rows: 0, numerator: 0n, denominator: 0n }
  return { rows: [], totals: after === undefined ? none : after.totals }
}

const pageOf = (reader: Reader, point: Point, asked: Asked) =>
  isEmpty(point) ? Effect.succeed(noRows(asked)) : reader.records({ ...point, ...asked })

const decisiveRows = Effect.fnUntraced(function*(reader: Reader, plan: Plan, at: At) {
  if (!needsRows(plan, at)) return { plan, rows: [], before: [], open: [] }
  const currency = currencyPlan(plan, at)
  if (currency === undefined) return yield* countedRows(reader, plan)
  const rows = yield* rowsOf(reader, currency)
  const bucketOf = (bucket: number) => plan.current === -1 ? bucket : plan.current
  return { plan, rows: rows.map((row) => ({ ...row, bucket: bucketOf(row.bucket) })), before: [], open: [] }
})

/** Reads a page while the dominant currency is computed. Presumes that it is the organization's currency. */
const presumedPage = Effect.fnUntraced(function*(reader: Reader, plan: Plan, at: At, asked: Asked) {
  const isShort = asked.part === "records" || asked.after !== undefined
  const point = isShort && currencyPlan(plan, at) !== undefined ? pointOf(plan, [], at) : undefined
  return point === undefined ? undefined : { currency: point.currency, page: yield* pageOf(reader, point, asked) }
})

interface Read {
  readonly plan: Plan
  readonly rows: ReadonlyArray<AggregateRow>
  readonly open: ReadonlyArray<AggregateRow>
  /** `found` is undefined if the series has no such point. */
  readonly found: { readonly point: Point; readonly page: CountedPage } | undefined
}

export const readPoint = Effect.fnUntraced(
  function*(reader: Reader, asked: Plan, at: At, page: Asked): Effect.fn.Return<Read | undefined, Unreachable> {
    const [counted, presumed] = yield* Effect.all(
      [decisiveRows(reader, asked, at), presumedPage(reader, asked, at, page)],
      { concurrency: 2 }
    )
    if (counted === undefined) return undefined
    const { before, open, plan, rows } = counted
    const point = pointOf(plan, rows, at, before, open)
    if (point === undefined) return { plan, rows, open, found: undefined }
    const isAsPresumed = presumed !== undefined && presumed.currency === point.currency
    return {
      plan,
      rows,
      open,
      found: { point, page: isAsPresumed ? presumed.page : yield* pageOf(reader, point, page) }
    }
  }
)
