import type { AggregateRow } from "../AggregateRow.ts"

const zeros: AggregateRow = {
  bucket: 0,
  group: null,
  label: null,
  currency: null,
  numerator: 0n,
  denominator: 0n,
  currencyRows: 0n,
  currencyTotal: 0n
}

export const aggregate = (parts: Iterable<Partial<AggregateRow>>): ReadonlyArray<AggregateRow> => {
  const sums = new Map<string, AggregateRow>()
  for (const part of parts) {
    const row = { ...zeros, ...part }
    const key = JSON.stringify([row.bucket, row.currency, row.group])
    const sum = sums.get(key)
    sums.set(
      key,
      sum === undefined ? row : {
        ...sum,
        numerator: sum.numerator + row.numerator,
        denominator: sum.denominator + row.denominator,
        currencyRows: sum.currencyRows + row.currencyRows,
        currencyTotal: sum.currencyTotal + row.currencyTotal
      }
    )
  }
  return [...sums.values()]
}
