import type { AggregateRow, Amounts } from "../../query/AggregateRow.ts"
import type { Plan } from "../../query/Plan.ts"
import type { ColumnStore } from "../ColumnStore.ts"

type Rows = ReadonlyArray<AggregateRow> | undefined

export type Counting = (plan: Plan, count: (plan: Plan) => Rows, store: ColumnStore) => Rows

export const plainRow = (
  bucket: number,
  group: string | null,
  { denominator, numerator }: Amounts
): AggregateRow => ({
  bucket,
  group,
  label: null,
  currency: null,
  numerator,
  denominator,
  currencyRows: 0n,
  currencyTotal: 0n
})
