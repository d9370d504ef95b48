import type { Pace } from "./pace.ts"

type Rows = Int32Array<ArrayBuffer>
type Values = Int32Array | Float64Array

const rowsAtOnce = 2 ** 12

/** A key has 32 bits. One bit is left free, because `Math.log2` can round, and the grain is then too small. */
const bitsOfKey = 31
const maxBits = 11

interface Keyed {
  readonly keys: Uint32Array<ArrayBuffer>
  readonly rows: Rows
}

const keyed = (size: number): Keyed => ({ keys: new Uint32Array(size), rows: new Int32Array(size) })

interface Span {
  least: number
  most: number
}

const widen = (span: Span, rows: Rows, values: Values, start: number, end: number) => {
  let { least, most } = span
  for (let index = start; index < end; index++) {
    const value = values[rows[index] ?? 0] ?? 0
    if (value < least) least = value
    if (value > most) most = value
  }
  span.least = least
  span.most = most
}

/** Values of one grain have the same key. */
const grainFor = (width: number) => 2 ** Math.max(0, Math.ceil(Math.log2((width + 2) / 2 ** bitsOfKey)))

/** A missing time is NaN, and has the last key. */
const toKeys = (
  { keys, rows: kept }: Keyed,
  rows: Rows,
  values: Values,
  { grain, last, least }: { readonly grain: number; readonly last: number; readonly least: number },
  start: number,
  end: number
) => {
  for (let index = start; index < end; index++) {
    const row = rows[index] ?? 0
    const value = values[row] ?? 0
    kept[index] = row
    keys[index] = Number.isNaN(value) ? last : Math.floor((value - least) / grain)
  }
}

const countDigits = (counts: Int32Array, keys: Uint32Array, shift: number, start: number, end: number) => {
  const mask = counts.length - 1
  for (let index = start; index < end; index++) {
    const digit = ((keys[index] ?? 0) >>> shift) & mask
    counts[digit] = (counts[digit] ?? 0) + 1
  }
}

const toStarts = (counts: Int32Array) => {
  let sum = 0
  for (let digit = 0; digit < counts.length; digit++) {
    const count = counts[digit] ?? 0
    counts[digit] = sum
    sum += count
  }
}

const place = (from: Keyed, into: Keyed, starts: Int32Array, shift: number, start: number, end: number) => {
  const mask = starts.length - 1
  const { keys, rows } = from
  const { keys: toKeys, rows: toRows } = into
  for (let index = start; index < end; index++) {
    const key = keys[index] ?? 0
    const digit = (key >>> shift) & mask
    const at = starts[digit] ?? 0
    starts[digit] = at + 1
    toKeys[at] = key
    toRows[at] = rows[index] ?? 0
  }
}

/** `isExact` means that different values have different keys. */
export const makeDigits = (isDue: Pace) => {
  let [from, into] = [keyed(0), keyed(0)]

  function* inPieces(size: number, use: (start: number, end: number) => void): Generator<void, void> {
    for (let start = 0; start < size; start += rowsAtOnce) {
      const end = Math.min(start + rowsAtOnce, size)
      use(start, end)
      if (isDue(2 * (end - start))) yield
    }
  }

  function* sort(rows: Rows, values: Values): Generator<void, { isExact: boolean; sorted: Uint32Array }> {
    const { length } = rows
    if (from.rows.length < length) [from, into] = [keyed(length), keyed(length)]
    const span: Span = { least: Infinity, most: -Infinity }
    yield* inPieces(length, (start, end) => widen(span, rows, values, start, end))
    const { least, most } = span
    const width = Math.max(0, most - least)
    const grain = grainFor(width)
    const last = Math.floor(width / grain) + 1
    yield* inPieces(length, (start, end) => toKeys(from, rows, values, { grain, last, least }, start, end))
    const bits = 32 - Math.clz32(last)
    const digits = Math.ceil(bits / Math.min(maxBits, 32 - Math.clz32(length)))
    const bitsOfDigit = Math.ceil(bits / digits)
    for (let shift = 0; shift < bits; shift += bitsOfDigit) {
      const starts = new Int32Array(2 ** bitsOfDigit)
      yield* inPieces(length, (start, end) => countDigits(starts, from.keys, shift, start, end))
      toStarts(starts)
      if (isDue(starts.length)) yield
      yield* inPieces(length, (start, end) => place(from, into, starts, shift, start, end))
      const former = from
      from = into
      into = former
    }
    rows.set(from.rows.subarray(0, length))
    return { isExact: grain === 1, sorted: from.keys }
  }

  return { sort }
}
