import type { Lists } from "./Lists.ts"
import { type Fill, filledOrder, type Layout, type Order, type OrderTerms, rangesFor } from "./Order.ts"
import type { Rows } from "./Rows.ts"
import { sortedRows } from "./sortedRows.ts"

const rangesOf = ({ members, starts }: Lists, people: number) => (list: number, place: (range: number) => void) => {
  const start = starts[list] ?? 0
  const end = starts[list + 1] ?? 0
  const first = members[start] === 0 ? start + 1 : start
  if (end - first === 1) return place(members[first] ?? 0)
  for (let index = first; index < end; index++) place(people + (members[index] ?? 0))
  place(2 * people)
}

interface Placed extends Layout {
  readonly entries: Int32Array
}

const rowsAtOnce = 2 ** 12

function* placedIn(
  rows: Int32Array,
  lists: Int32Array,
  viewers: Lists,
  people: number,
  { isDue }: OrderTerms
): Generator<void, Placed> {
  const eachRange = rangesOf(viewers, people)
  const ends = new Int32Array(rangesFor(people))
  for (const [index, row] of rows.entries()) {
    eachRange(lists[row] ?? 0, (range) => ends[range] = (ends[range] ?? 0) + 1)
    if (index % rowsAtOnce === 0 && isDue(rowsAtOnce)) yield
  }
  let size = 0
  for (const [range, length] of ends.entries()) {
    ends[range] = size
    size += length
  }
  const starts = ends.slice()
  const entries = new Int32Array(size)
  for (const [index, row] of rows.entries()) {
    eachRange(lists[row] ?? 0, (range) => {
      const end = ends[range] ?? 0
      entries[end] = row
      ends[range] = end + 1
    })
    if (index % rowsAtOnce === 0 && isDue(rowsAtOnce)) yield
  }
  return { people, starts, ends, entries }
}

const pick = <A extends Int32Array | Float64Array>(values: A, into: A, entries: Int32Array, start: number) => {
  const end = Math.min(start + rowsAtOnce, entries.length)
  for (let index = start; index < end; index++) into[index] = values[entries[index] ?? 0] ?? 0
}

/** Leaves out rows without a time. Changes `among`. */
export function* orderOfRows(
  rows: Rows,
  among: Int32Array,
  viewers: Lists,
  people: number,
  terms: OrderTerms
): Generator<void, Order> {
  const times = terms.at && rows.numbers(terms.at)
  const timed = times === undefined ? among : among.filter((row) => !Number.isNaN(times[row]))
  const sorted = yield* sortedRows(rows, timed, terms)
  const placed = yield* placedIn(sorted, rows.viewers, viewers, people, terms)
  const fill: Fill = function*(columnOf, into) {
    const values = columnOf(rows)
    for (let start = 0; start < placed.entries.length; start += rowsAtOnce) {
      pick(values, into, placed.entries, start)
      if (terms.isDue(rowsAtOnce)) yield
    }
    return into
  }
  return yield* filledOrder(terms, placed, fill)
}
