import type { Tally } from "../AggregateRow.ts"

const line = (tally: Partial<Tally>): Tally => ({
  bucket: 0,
  group: null,
  label: null,
  currency: null,
  n: 0n,
  d: 0n,
  deals: 0n,
  price: 0n,
  ...tally
})

/** Adds up lines of the same bucket, currency and group. */
export const tally = (all: Iterable<Partial<Tally>>): ReadonlyArray<Tally> => {
  const sums = new Map<string, Tally>()
  for (const part of all) {
    const next = line(part)
    const key = JSON.stringify([next.bucket, next.currency, next.group])
    const sum = sums.get(key)
    sums.set(
      key,
      sum === undefined ? next : {
        ...sum,
        n: sum.n + next.n,
        d: sum.d + next.d,
        deals: sum.deals + next.deals,
        price: sum.price + next.price
      }
    )
  }
  return [...sums.values()]
}
