import type { Pace } from "./pace.ts"

type Keys = Int32Array | Float64Array

/** Whole numbers from 0 to before 2^24, by row. */
type Part = Int32Array

const partSize = 2 ** 24
const digitBits = 12
const digitSize = 2 ** digitBits
const rowsAtOnce = 2 ** 12

function* spanOf(keys: Keys, rows: Int32Array, isDue: Pace) {
  let [least, most] = [Infinity, -Infinity]
  for (let index = 0; index < rows.length; index++) {
    const key = keys[rows[index] ?? 0] ?? 0
    if (key < least) least = key
    if (key > most) most = key
    if (index % rowsAtOnce === 0 && isDue(rowsAtOnce)) yield
  }
  return { least, most }
}

/** The parts of a key, the more significant one first. Undefined if the keys differ too much. */
function* partsOf(keys: Keys, rows: Int32Array, isDue: Pace): Generator<void, ReadonlyArray<Part> | undefined> {
  const { least, most } = yield* spanOf(keys, rows, isDue)
  if (!(most - least < partSize ** 2)) return undefined
  const lower = new Int32Array(keys.length)
  const upper = new Int32Array(most - least < partSize ? 0 : keys.length)
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0
    const offset = (keys[row] ?? 0) - least
    const high = Math.floor(offset / partSize)
    lower[row] = offset - high * partSize
    if (upper.length > 0) upper[row] = high
    if (index % rowsAtOnce === 0 && isDue(rowsAtOnce)) yield
  }
  return upper.length > 0 ? [upper, lower] : [lower]
}

/** Rows with equal digits keep their order. Returns the array that has them. */
function* sortByDigit(rows: Int32Array, into: Int32Array, part: Part, shift: number, isDue: Pace) {
  const starts = new Int32Array(digitSize + 1)
  const digitOf = (row: number) => ((part[row] ?? 0) >>> shift) & (digitSize - 1)
  for (let index = 0; index < rows.length; index++) {
    const next = digitOf(rows[index] ?? 0) + 1
    starts[next] = (starts[next] ?? 0) + 1
    if (index % rowsAtOnce === 0 && isDue(rowsAtOnce)) yield
  }
  if (starts.includes(rows.length)) return rows
  for (let digit = 1; digit <= digitSize; digit++) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0)
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0
    const digit = digitOf(row)
    const place = starts[digit] ?? 0
    into[place] = row
    starts[digit] = place + 1
    if (index % rowsAtOnce === 0 && isDue(rowsAtOnce)) yield
  }
  return into
}

/** Sorts by all keys, the most significant one first. Fractions of keys are ignored. Undefined if keys differ too much. */
export function* radixSorted(rows: Int32Array, keys: ReadonlyArray<Keys>, isDue: Pace) {
  const parts: Array<Part> = []
  for (const each of keys) {
    const found = yield* partsOf(each, rows, isDue)
    if (found === undefined) return undefined
    parts.push(...found)
  }
  let from = rows
  let into: Int32Array = new Int32Array(rows.length)
  for (const part of parts.toReversed()) {
    for (const shift of [0, digitBits]) {
      const sorted = yield* sortByDigit(from, into, part, shift, isDue)
      if (sorted === into) [from, into] = [into, from]
    }
  }
  const areEqual = (a: number, b: number) => {
    for (const part of parts) if (part[a] !== part[b]) return false
    return true
  }
  return { rows: from, areEqual }
}
