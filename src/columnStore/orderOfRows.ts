import type { Lists } from "./Dictionary.ts"
import { type Fill, filledOrder, type Layout, type Order, type OrderTerms, rangesFor } from "./Order.ts"
import type { Pace } from "./pace.ts"
import type { Rows } from "./Rows.ts"
import { sorting } from "./sorting.ts"

const rowsAtOnce = 2 ** 12

interface Placing {
  readonly rows: Int32Array
  readonly lists: Int32Array
  /** The members and starts of all lists, because reading them from `Lists` takes longer than placing a row. */
  readonly members: Int32Array
  readonly starts: Int32Array
  readonly people: number
  /** For each range, the number of its entries, and then its next free entry. */
  readonly ends: Int32Array
}

const eachRange = (
  { lists, members, people, starts }: Placing,
  row: number,
  use: (at: number) => void
) => {
  const list = lists[row] ?? 0
  const [start, end] = [starts[list] ?? 0, starts[list + 1] ?? 0]
  const first = members[start] === 0 ? start + 1 : start
  if (end - first === 1) return use(members[first] ?? 0)
  for (let index = first; index < end; index++) use(people + (members[index] ?? 0))
  use(2 * people)
}

const countIn = (placing: Placing, start: number, end: number) => {
  const { ends, rows } = placing
  for (let index = start; index < end; index++) {
    eachRange(placing, rows[index] ?? 0, (range) => ends[range] = (ends[range] ?? 0) + 1)
  }
}

const placeIn = (placing: Placing, entries: Int32Array, start: number, end: number) => {
  const { ends, rows } = placing
  for (let index = start; index < end; index++) {
    const row = rows[index] ?? 0
    eachRange(placing, row, (range) => {
      const entry = ends[range] ?? 0
      entries[entry] = row
      ends[range] = entry + 1
    })
  }
}

interface Placed extends Layout {
  readonly entries: Int32Array<ArrayBuffer>
}

/** Each range has its rows in the same order as `rows`. */
function* placed(placing: Placing, isDue: Pace): Generator<void, Placed> {
  const { ends, people, rows } = placing
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    countIn(placing, start, Math.min(start + rowsAtOnce, rows.length))
    if (isDue(rowsAtOnce)) yield
  }
  let size = 0
  for (const [range, length] of ends.entries()) {
    ends[range] = size
    size += length
  }
  const starts = ends.slice()
  const entries = new Int32Array(size)
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    placeIn(placing, entries, start, Math.min(start + rowsAtOnce, rows.length))
    if (isDue(rowsAtOnce)) yield
  }
  return { people, starts, ends, entries }
}

const pick = <A extends Int32Array | Float64Array>(values: A, into: A, entries: Int32Array, start: number) => {
  const end = Math.min(start + rowsAtOnce, entries.length)
  for (let index = start; index < end; index++) into[index] = values[entries[index] ?? 0] ?? 0
}

function* timedIn(
  rows: Int32Array<ArrayBuffer>,
  times: Float64Array,
  isDue: Pace
): Generator<void, Int32Array<ArrayBuffer>> {
  const timed = new Int32Array(rows.length)
  let size = 0
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0
    if (!Number.isNaN(times[row])) timed[size++] = row
    if (index % rowsAtOnce === 0 && isDue(rowsAtOnce)) yield
  }
  return timed.subarray(0, size)
}

/** Sorts `among`. */
export function* orderOfRows(
  rows: Rows,
  among: Int32Array<ArrayBuffer>,
  viewers: Lists,
  people: number,
  terms: OrderTerms
): Generator<void, Order> {
  const { at, isDue } = terms
  const sorted = at === undefined ? among : yield* timedIn(among, rows.numbers(at), isDue)
  yield* sorting(rows, terms)(sorted)
  const ends = new Int32Array(rangesFor(people))
  const { members, starts } = viewers
  const placing = { rows: sorted, lists: rows.viewers, members, starts, people, ends }
  const { entries, ...layout } = yield* placed(placing, isDue)
  const fill: Fill = function*(columnOf, into) {
    const values = columnOf(rows)
    for (let start = 0; start < entries.length; start += rowsAtOnce) {
      pick(values, into, entries, start)
      if (isDue(rowsAtOnce)) yield
    }
    return into
  }
  return yield* filledOrder(terms, layout, fill)
}
