import { type Compare, comparing } from "./compareRows.ts"
import type { OrderTerms } from "./Order.ts"
import type { Pace } from "./pace.ts"
import { radixSorted } from "./radixSort.ts"
import type { Columns } from "./Rows.ts"

const runLength = 2 ** 12

/** The cost in copied entries. */
const comparison = 4

function* merge(
  rows: Int32Array,
  into: Int32Array,
  compare: Compare,
  start: number,
  length: number,
  isDue: Pace
): Generator<void, void> {
  const middle = Math.min(start + length, rows.length)
  const end = Math.min(middle + length, rows.length)
  let left = start
  let right = middle
  for (let index = start; index < end; index++) {
    const isLeft = left < middle && (right >= end || compare(rows[left] ?? 0, rows[right] ?? 0) <= 0)
    into[index] = rows[isLeft ? left++ : right++] ?? 0
    if (index % runLength === 0 && isDue(runLength * comparison)) yield
  }
}

/** Changes `rows`. */
function* mergeSorted(rows: Int32Array, compare: Compare, isDue: Pace): Generator<void, Int32Array> {
  for (let start = 0; start < rows.length; start += runLength) {
    const run = rows.subarray(start, start + runLength).sort(compare)
    if (isDue(run.length * Math.log2(run.length + 1) * comparison)) yield
  }
  let from = rows
  let into: Int32Array = new Int32Array(rows.length)
  for (let length = runLength; length < rows.length; length *= 2) {
    for (let start = 0; start < rows.length; start += 2 * length) {
      yield* merge(from, into, compare, start, length, isDue)
    }
    const former = from
    from = into
    into = former
  }
  return from
}

/** Changes `among`. */
export function* sortedRows(rows: Columns, among: Int32Array, terms: OrderTerms): Generator<void, Int32Array> {
  const compare = comparing(terms, rows, rows)
  if (among.length <= runLength) return among.sort(compare)
  const keys = terms.at === undefined ? [rows.kinds, rows.viewers, rows.tagLists] : [rows.numbers(terms.at)]
  const sorted = yield* radixSorted(among, keys, terms.isDue)
  if (sorted === undefined) return yield* mergeSorted(among, compare, terms.isDue)
  const { areEqual, rows: all } = sorted
  for (let start = 0; start < all.length;) {
    const first = all[start] ?? 0
    let end = start + 1
    while (end < all.length && areEqual(first, all[end] ?? 0)) end++
    if (end - start > 1) all.set(yield* mergeSorted(all.slice(start, end), compare, terms.isDue), start)
    else if (terms.isDue(comparison)) yield
    start = end
  }
  return all
}
