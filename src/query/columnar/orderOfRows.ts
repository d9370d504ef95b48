import type { Lists } from "./Lists.ts"
import { type Fill, filledOrder, type Layout, type Order, type OrderTerms, rangesFor } from "./Order.ts"
import type { Pace } from "./pace.ts"
import type { Rows } from "./Rows.ts"
import { sorting } from "./sorting.ts"

const rangesOf = ({ members, starts }: Lists, people: number) => (list: number, place: (range: number) => void) => {
  const start = starts[list] ?? 0
  const end = starts[list + 1] ?? 0
  const first = members[start] === 0 ? start + 1 : start
  if (end - first === 1) return place(members[first] ?? 0)
  for (let index = first; index < end; index++) place(people + (members[index] ?? 0))
  place(2 * people)
}

interface Placed extends Layout {
  readonly entries: Int32Array<ArrayBuffer>
}

const rowsAtOnce = 2 ** 12

function* placedIn(
  rows: Int32Array,
  lists: Int32Array,
  viewers: Lists,
  people: number,
  isDue: Pace
): Generator<void, Placed> {
  const eachRange = rangesOf(viewers, people)
  const ends = new Int32Array(rangesFor(people))
  for (let index = 0; index < rows.length; index++) {
    eachRange(lists[rows[index] ?? 0] ?? 0, (range) => ends[range] = (ends[range] ?? 0) + 1)
    if (index % rowsAtOnce === 0 && isDue(rowsAtOnce)) yield
  }
  let size = 0
  for (const [range, length] of ends.entries()) {
    ends[range] = size
    size += length
  }
  const starts = ends.slice()
  const entries = new Int32Array(size)
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0
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

function* timedIn(rows: Int32Array, times: Float64Array, isDue: Pace): Generator<void, Int32Array> {
  const timed = new Int32Array(rows.length)
  let size = 0
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0
    if (!Number.isNaN(times[row])) timed[size++] = row
    if (index % rowsAtOnce === 0 && isDue(rowsAtOnce)) yield
  }
  return timed.subarray(0, size)
}

export function* orderOfRows(
  rows: Rows,
  among: Int32Array,
  viewers: Lists,
  people: number,
  terms: OrderTerms
): Generator<void, Order> {
  const times = terms.at && rows.numbers(terms.at)
  const timed = times === undefined ? among : yield* timedIn(among, times, terms.isDue)
  const placed = yield* placedIn(timed, rows.viewers, viewers, people, terms.isDue)
  const sort = sorting(rows, terms)
  for (let range = 0; range < rangesFor(people); range++) {
    const [start, end] = [placed.starts[range] ?? 0, placed.ends[range] ?? 0]
    if (end - start > 1) yield* sort(placed.entries.subarray(start, end))
    if (terms.isDue(end - start + 1)) yield
  }
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
