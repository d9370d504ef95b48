import type { Tables } from "../metrics/crm.ts"
import type { AggregateRow } from "./AggregateRow.ts"
import { handwritten } from "./handwritten/handwritten.ts"
import { evaluateRowByRow, recordsRowByRow } from "./memory/evaluateRowByRow.ts"
import type { Plan } from "./Plan.ts"
import type { CountedPage, CountedRow, Position, RecordQuery } from "./Point.ts"
import { byCodePoint } from "./series/sort.ts"
import { sumOf } from "./series/values.ts"

export const evaluate = (plan: Plan, tables: Tables): ReadonlyArray<AggregateRow> =>
  (handwritten(plan.id)?.evaluate ?? evaluateRowByRow)(plan, tables)

/** No two records of a point have the same time and id. */
export const newestFirst = (a: Position, b: Position): number => b.at - a.at || byCodePoint(b.id, a.id)

const pageOf = (all: ReadonlyArray<CountedRow>, { after, limit, part }: RecordQuery): CountedPage => {
  const rows = (older: ReadonlyArray<CountedRow>) => older.toSorted(newestFirst).slice(0, limit)
  if (after !== undefined) return { rows: rows(all.filter((row) => newestFirst(row, after) > 0)), totals: after.totals }
  return {
    rows: part === "totals" ? [] : rows(all),
    totals: part === "records" ? undefined : { rows: all.length, ...sumOf(all) }
  }
}

export const findRecords = (query: RecordQuery, tables: Tables): CountedPage =>
  pageOf((handwritten(query.id)?.records.evaluate ?? recordsRowByRow)(query, tables), query)
