import type { AggregateRow } from "../query/AggregateRow.ts"
import type { Reading } from "./Reading.ts"
import type { Tallies, Tally } from "./Tally.ts"

interface Sums {
  count: number
  numerator: number
  denominator: number
  currencyRows: number
  currencyTotal: number
}

const makeSums = (): Sums => ({ count: 0, numerator: 0, denominator: 0, currencyRows: 0, currencyTotal: 0 })

type Named = Pick<AggregateRow, "group" | "label">

export interface Names {
  readonly people: ReadonlyArray<string | null>
  readonly tags: ReadonlyArray<Named>
}

const clear = (sums: Sums) => {
  sums.count = 0
  sums.numerator = 0
  sums.denominator = 0
  sums.currencyRows = 0
  sums.currencyTotal = 0
}

/** `lines` is filled again for each cell, because new objects for each cell would be much garbage. */
const sumLines = (
  lines: ReadonlyArray<Sums>,
  { amount, classes: { all }, price, tags }: Reading,
  { counted, firsts }: Tallies,
  start: number
): void => {
  for (const sums of lines) clear(sums)
  const amounts = amount && counted.sums.get(amount)
  const prices = price && firsts.sums.get(price)
  let cell = start
  for (const { denominator, hasAmount, line, numerator } of all) {
    const sum = lines[line]
    if (sum !== undefined) {
      const count = counted.counts[cell] ?? 0
      sum.count += count
      sum.numerator += numerator * count + (hasAmount ? amounts?.[cell] ?? 0 : 0)
      sum.denominator += denominator * count
      if (prices !== undefined) {
        sum.currencyRows += firsts.counts[cell] ?? 0
        sum.currencyTotal += prices[cell] ?? 0
      }
    }
    cell += tags
  }
}

const wholeOf = (sum: number): bigint => sum === 0 ? 0n : BigInt(sum)

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
  const sums = lines.map(makeSums)
  const add = (bucket: number, start: number, named: Named | undefined) => {
    if (isEmpty(tallies.counted, reading, start)) return
    sumLines(sums, reading, tallies, start)
    for (let line = 0; line < lines.length; line++) {
      const found = lines[line]
      const sum = sums[line]
      if (found === undefined || sum === undefined || sum.count === 0) continue
      rows.push({
        bucket,
        group: named === undefined ? found.group : named.group,
        label: named === undefined ? null : named.label,
        currency: found.currency,
        numerator: wholeOf(sum.numerator),
        denominator: wholeOf(sum.denominator),
        currencyRows: wholeOf(sum.currencyRows),
        currencyTotal: wholeOf(sum.currencyTotal)
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
