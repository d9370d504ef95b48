import type { AggregateRow } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { needsOpenDeals, shownRows } from "./openDeals.ts"
import { byCodePoint, descending } from "./sort.ts"
import { moneyOf } from "./values.ts"

interface CurrencyTotal {
  readonly currency: string
  readonly count: bigint
  readonly total: bigint
}

const totalsOf = (rows: ReadonlyArray<AggregateRow>): ReadonlyArray<CurrencyTotal> =>
  [...Map.groupBy(rows, ({ currency }) => currency ?? "")].map(([currency, own]) => ({
    currency,
    count: own.reduce((sum, { currencyRows }) => sum + currencyRows, 0n),
    total: own.reduce((sum, { currencyTotal }) => sum + currencyTotal, 0n)
  })).filter(({ count }) => count > 0n)

export const inCurrency = (rows: ReadonlyArray<AggregateRow>, currency: string | undefined) =>
  currency === undefined ? rows : rows.filter((row) => row.currency === currency)

/** `open` has the open deals, if these decide the currency instead of `rows`. */
export const inOneCurrency = (
  plan: Plan,
  rows: ReadonlyArray<AggregateRow>,
  open: ReadonlyArray<AggregateRow> = []
) => {
  if (plan.metric.dominant === undefined) return { rows, money: {} }
  const own = plan.scope.organization.currency
  const current = plan.current === -1 ? rows : rows.filter(({ bucket }) => bucket === plan.current)
  const totals = totalsOf(needsOpenDeals(plan) ? open : current)
    .toSorted((a, b) =>
      descending(a.count, b.count) || Number(b.currency === own) - Number(a.currency === own) ||
      byCodePoint(a.currency, b.currency)
    )
  const currency = plan.currency ?? totals[0]?.currency ?? own
  const excluded = totalsOf(shownRows(plan, current)).filter((one) => one.currency !== currency)
    .toSorted((a, b) => byCodePoint(a.currency, b.currency))
    .map(({ count, currency, total }) => ({ currency, count: Number(count), total: moneyOf(total) }))
  return {
    rows: inCurrency(rows, currency),
    money: excluded.length === 0 ? { currency } : { currency, excluded }
  }
}
