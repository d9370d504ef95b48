import type { AggregateRow } from "../AggregateRow.ts"
import type { Reading } from "./Reading.ts"
import type { Tallies, Tally } from "./Tally.ts"

interface Sums {
  count: number
  numerator: number
  denominator: number
  currencyRows: number
  currencyTotal: number
}

const noSums: Sums = { count: 0, numerator: 0, denominator: 0, currencyRows: 0, currencyTotal: 0 }

type Named = Pick<AggregateRow, "group" | "label">

export interface Names {
  readonly people: ReadonlyArray<string | null>
  readonly tags: ReadonlyArray<Named>
}

const linesAt = (
  { amount, classes: { all, lines }, price, tags }: Reading,
  { counted, firsts }: Tallies,
  start: number
): ReadonlyArray<Sums> => {
  const sums = lines.map(() => ({ ...noSums }))
  const amounts = amount && counted.sums.get(amount)
  const prices = price && firsts.sums.get(price)
  for (const [code, { denominator, hasAmount, line, numerator }] of all.entries()) {
    const [cell, sum] = [start + code * tags, sums[line]]
    if (sum === undefined) continue
    const count = counted.counts[cell] ?? 0
    sum.count += count
    sum.numerator += numerator * count + (hasAmount ? amounts?.[cell] ?? 0 : 0)
    sum.denominator += denominator * count
    if (prices === undefined) continue
    sum.currencyRows += firsts.counts[cell] ?? 0
    sum.currencyTotal += prices[cell] ?? 0
  }
  return sums
}

const isEmpty = ({ counts }: Tally, { tags, width }: Reading, start: number): boolean => {
  for (let cell = start; cell < start + width; cell += tags) if (counts[cell] !== 0) return false
  return true
}

export const aggregateRows = (
  reading: Reading,
  tallies: Tallies,
  { people, tags }: Names
): ReadonlyArray<AggregateRow> => {
  const { buckets, byPerson, byTag, classes: { lines }, width } = reading
  const rows: Array<AggregateRow> = []
  const add = (bucket: number, start: number, named: Named | undefined) => {
    if (isEmpty(tallies.counted, reading, start)) return
    for (const [index, { count, ...sums }] of linesAt(reading, tallies, start).entries()) {
      const { currency = null, group = null } = lines[index] ?? {}
      if (count === 0) continue
      rows.push({
        bucket,
        group,
        label: null,
        currency,
        ...named,
        numerator: BigInt(sums.numerator),
        denominator: BigInt(sums.denominator),
        currencyRows: BigInt(sums.currencyRows),
        currencyTotal: BigInt(sums.currencyTotal)
      })
    }
  }
  const groups = byPerson ? people : [null]
  for (const [place, group] of groups.entries()) {
    for (let bucket = 0; bucket < buckets; bucket++) {
      const start = (place * buckets + bucket) * width
      if (byTag) { for (const [tag, named] of tags.entries()) add(bucket, start + tag, named) }
      else add(bucket, start, byPerson ? { group, label: null } : undefined)
    }
  }
  return rows
}
