import type { Weighted } from "../metrics/Measure.ts"
import type { Quantity } from "./projection.ts"
import type { Reading } from "./Reading.ts"

export interface Tally {
  readonly counts: Float64Array
  readonly sums: ReadonlyMap<Quantity | Weighted, Float64Array>
}

/** A row counts only if its first viewer in scope has a place from `least` to `most` (see `Viewers`). */
export interface FirstViewers {
  readonly firsts: Int32Array
  readonly least: number
  readonly most: number
}

export type Add = (tally: Tally, start: number, end: number, base: number, firstViewers?: FirstViewers) => void

/** `counted` counts a row once for each of its groups, and `firsts` only for its first group. */
export interface Tallies {
  readonly counted: Tally
  readonly firsts: Tally
}

/** With more cells, SQL is faster, because it returns no empty cells. */
const maxCells = 2 ** 17

const makeTally = (cells: number, quantities: ReadonlyArray<Quantity | Weighted | undefined>): Tally => ({
  counts: new Float64Array(cells),
  sums: new Map(
    quantities.flatMap((quantity) => quantity === undefined ? [] : [[quantity, new Float64Array(cells)] as const])
  )
})

export const makeTallies = (
  { amount, buckets, byPerson, price, width }: Reading,
  people: number
): Tallies | undefined => {
  const cells = (byPerson ? people : 1) * buckets * width
  if (cells > maxCells) return undefined
  if (!byPerson || price === undefined) {
    const counted = makeTally(cells, [amount, price])
    return { counted, firsts: counted }
  }
  return { counted: makeTally(cells, [amount]), firsts: makeTally(cells, [price]) }
}

const subtractFrom = ({ counts, sums }: Tally, minus: Tally) => {
  for (const [cell, count] of minus.counts.entries()) counts[cell] = (counts[cell] ?? 0) - count
  for (const [quantity, values] of sums) {
    for (const [cell, sum] of minus.sums.get(quantity)?.entries() ?? []) values[cell] = (values[cell] ?? 0) - sum
  }
}

export const subtract = ({ counted, firsts }: Tallies, minus: Tallies) => {
  subtractFrom(counted, minus.counted)
  if (firsts !== counted) subtractFrom(firsts, minus.firsts)
}
