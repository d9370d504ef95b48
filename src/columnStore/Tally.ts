import type { Weighted } from "../metrics/Measure.ts"
import { bucketOf } from "../query/definitions.ts"
import { pastBefore } from "../query/Plan.ts"
import type { Stored } from "./ColumnStore.ts"
import type { Quantity } from "./projection.ts"
import type { Reading } from "./Reading.ts"
import type { Rows } from "./Rows.ts"
import type { Viewers } from "./viewers.ts"

export const columnOf = (quantity: Quantity | Weighted): Quantity =>
  quantity._tag === "Weighted" ? quantity.field : quantity

const whole = 10_000

/** Multiplies cents by a weight and rounds half away from zero. The amount is split, because products lose digits. */
export const weightedCents = (cents: number, weight: number): number => {
  const rest = cents % whole
  const rounded = Math.floor((2 * Math.abs(rest) * weight + whole) / (2 * whole))
  return ((cents - rest) / whole) * weight + (rest < 0 ? -rounded : rounded)
}

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

export const addRows = (
  rows: Rows,
  { byPerson, byTag, buckets, classes: { ofKind, ofPastKind }, isTagged, past, plan, tags, weights, width }: Reading,
  { codes }: Stored,
  viewers: Viewers,
  { counted, firsts }: Tallies
) => {
  const { at } = plan.metric
  const times = at && rows.numbers(at)
  const instants = past && rows.numbers(past)
  const before = pastBefore(plan)
  const add = ({ counts, sums }: Tally, row: number, cell: number, found: number) => {
    const weight = rows.weights[row] ?? 0
    counts[cell] = (counts[cell] ?? 0) + weight
    for (const [quantity, values] of sums) {
      const number = rows.numbers(columnOf(quantity))[row] ?? 0
      const amount = quantity._tag === "Weighted" ? weightedCents(number, weights?.[found] ?? 0) : number
      values[cell] = (values[cell] ?? 0) + weight * amount
    }
  }
  const classOf = (row: number): number => {
    if (isTagged !== undefined && isTagged[rows.tagLists[row] ?? 0] !== 1) return 0
    const isPast = instants !== undefined && (instants[row] ?? Number.NaN) < before
    return (isPast ? ofPastKind : ofKind)[rows.kinds[row] ?? 0] ?? 0
  }
  const bucketAt = (row: number): number | undefined => {
    if (times === undefined) return 0
    const time = times[row] ?? Number.NaN
    return Number.isNaN(time) ? undefined : bucketOf(time, plan)
  }
  for (let row = 0; row < rows.size; row++) {
    const list = rows.viewers[row] ?? 0
    const first = viewers.firstIn(codes.viewers.at(list))
    const found = first === 0 ? 0 : classOf(row)
    const bucket = found === 0 ? undefined : bucketAt(row)
    if (bucket === undefined) continue
    const cellOf = (group: number) => (group * buckets + bucket) * width + found * tags
    if (byTag) {
      for (const tag of codes.tagLists.at(rows.tagLists[row] ?? 0)) add(counted, row, cellOf(0) + tag, found)
    } else if (byPerson) {
      if (first === viewers.nobody?.place) add(counted, row, cellOf(first - 1), found)
      else {for (const code of codes.viewers.at(list)) {
          const place = viewers.placeOf(code)
          if (place > 0) add(counted, row, cellOf(place - 1), found)
        }}
      if (firsts !== counted) add(firsts, row, cellOf(first - 1), found)
    } else add(counted, row, cellOf(0), found)
  }
}
