import { type Compare, comparing } from "./compareRows.ts"
import type { OrderTerms } from "./Order.ts"
import type { Pace } from "./pace.ts"
import type { Columns } from "./Rows.ts"

const runLength = 2 ** 12

/** Numbers are sorted without calling a function, so more of them are sorted at once. */
const numbersAtOnce = 2 ** 14

/** Comparing two rows takes as long as copying this many entries. */
const comparison = 4

type Values = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

function* merge<A extends Values>(
  values: A,
  into: A,
  compare: Compare,
  start: number,
  length: number,
  isDue: Pace
): Generator<void, void> {
  const middle = Math.min(start + length, values.length)
  const end = Math.min(middle + length, values.length)
  let left = start
  let right = middle
  for (let index = start; index < end; index++) {
    const isLeft = left < middle && (right >= end || compare(values[left] ?? 0, values[right] ?? 0) <= 0)
    into[index] = values[isLeft ? left++ : right++] ?? 0
    if (index % runLength === 0 && isDue(runLength * comparison)) yield
  }
}

function* mergeSorted<A extends Values>(
  values: A,
  other: A,
  compare: Compare,
  sortRun: (run: Values) => void,
  rowsAtOnce: number,
  isDue: Pace
): Generator<void, A> {
  for (let start = 0; start < values.length; start += rowsAtOnce) {
    const run = values.subarray(start, start + rowsAtOnce)
    sortRun(run)
    if (isDue(run.length * Math.log2(run.length + 1) * comparison)) yield
  }
  let from = values
  let into = other
  for (let length = rowsAtOnce; length < values.length; length *= 2) {
    for (let start = 0; start < values.length; start += 2 * length) {
      yield* merge(from, into, compare, start, length, isDue)
    }
    const former = from
    from = into
    into = former
  }
  return from
}

const difference: Compare = (a, b) => a - b

const sortNumbers = (run: Values) => void run.sort()

/** Packed keys stay below this limit, so that a float holds them exactly. */
const limit = 2 ** 52

/** Fewer rows are sorted faster by comparing them than by packing their keys. */
const minPacked = 32

/** Each key and the place of its row are packed into one number. */
function* packedOf(rows: Int32Array, keys: Int32Array | Float64Array, packed: Float64Array, isDue: Pace) {
  let [least, most] = [Infinity, -Infinity]
  for (let index = 0; index < rows.length; index++) {
    const key = keys[rows[index] ?? 0] ?? 0
    if (key < least) least = key
    if (key > most) most = key
    if (index % runLength === 0 && isDue(runLength)) yield
  }
  const places = 2 ** Math.ceil(Math.log2(rows.length))
  const grain = 2 ** Math.max(0, Math.ceil(Math.log2((most - least + 1) * places / limit)))
  for (let index = 0; index < rows.length; index++) {
    packed[index] = Math.floor(((keys[rows[index] ?? 0] ?? 0) - least) / grain) * places + index
    if (index % runLength === 0 && isDue(runLength)) yield
  }
  return places
}

/** Returns the same memory each time, because the garbage collector runs often if much memory is allocated. */
const reused = <A extends Values>(make: (length: number) => A, part: (all: A, length: number) => A) => {
  let all = make(0)
  return (length: number): A => {
    if (all.length < length) all = make(Math.max(length, 2 * all.length))
    return part(all, length)
  }
}

const reusedFloats = () => reused((length) => new Float64Array(length), (all, length) => all.subarray(0, length))
const reusedRows = () => reused((length) => new Int32Array(length), (all, length) => all.subarray(0, length))

type Rows = Int32Array<ArrayBuffer>

export const sorting = (columns: Columns, terms: OrderTerms): (rows: Rows) => Generator<void, void> => {
  const { at, isDue } = terms
  const compare = comparing(terms, columns, columns)
  const keys = at === undefined ? columns.kinds : columns.numbers(at)
  const sortRun = (run: Values) => void run.sort(compare)

  const [packedIn, otherIn] = [reusedFloats(), reusedFloats()]
  const [formerIn, equalIn, otherEqualIn] = [reusedRows(), reusedRows(), reusedRows()]

  function* sortEqual(rows: Rows) {
    if (rows.length < minPacked) return sortRun(rows)
    const equal = equalIn(rows.length)
    equal.set(rows)
    rows.set(yield* mergeSorted(equal, otherEqualIn(rows.length), compare, sortRun, runLength, isDue))
  }

  return function*(rows) {
    if (rows.length < minPacked) return sortRun(rows)
    const packed = packedIn(rows.length)
    const places = yield* packedOf(rows, keys, packed, isDue)
    const other = otherIn(rows.length)
    const sorted = yield* mergeSorted(packed, other, difference, sortNumbers, numbersAtOnce, isDue)
    const former = formerIn(rows.length)
    former.set(rows)
    let [start, last] = [0, -1]
    for (let index = 0; index < rows.length; index++) {
      const value = sorted[index] ?? 0
      const key = Math.floor(value / places)
      if (key !== last) {
        if (index - start > 1) yield* sortEqual(rows.subarray(start, index))
        start = index
        last = key
      }
      rows[index] = former[value - key * places] ?? 0
      if (index % runLength === 0 && isDue(runLength)) yield
    }
    if (rows.length - start > 1) yield* sortEqual(rows.subarray(start))
  }
}
