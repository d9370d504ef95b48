import type { Tally } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { byCodePoint, descending } from "./sort.ts"
import { moneyOf } from "./values.ts"

interface Share {
  readonly currency: string
  readonly deals: bigint
  readonly price: bigint
}

const sharesOf = (tallies: ReadonlyArray<Tally>): ReadonlyArray<Share> =>
  [...Map.groupBy(tallies, ({ currency }) => currency ?? "")].map(([currency, own]) => ({
    currency,
    deals: own.reduce((sum, { deals }) => sum + deals, 0n),
    price: own.reduce((sum, { price }) => sum + price, 0n)
  })).filter(({ deals }) => deals > 0n)

/** The currency of most deals of the window; a tie goes to the organization's, then to the first by code point. */
export const inOneCurrency = (plan: Plan, tallies: ReadonlyArray<Tally>) => {
  if (plan.metric.dominant === undefined) return { tallies, money: {} }
  const own = plan.scope.organization.currency
  const shares = sharesOf(plan.current === -1 ? tallies : tallies.filter(({ bucket }) => bucket === plan.current))
    .toSorted((a, b) =>
      descending(a.deals, b.deals) || Number(b.currency === own) - Number(a.currency === own) ||
      byCodePoint(a.currency, b.currency)
    )
  const currency = shares[0]?.currency ?? own
  const excluded = shares.slice(1)
    .toSorted((a, b) => byCodePoint(a.currency, b.currency))
    .map((share) => ({ currency: share.currency, count: Number(share.deals), total: moneyOf(share.price) }))
  return {
    tallies: tallies.filter((tally) => tally.currency === currency),
    money: excluded.length === 0 ? { currency } : { currency, excluded }
  }
}
