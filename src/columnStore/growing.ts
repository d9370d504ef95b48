import type { Field } from "../metrics/Table.ts"
import type { Quantity } from "./projection.ts"

const firstCapacity = 64

const large = 2 ** 16

export interface Growing<A> {
  readonly size: number
  readonly values: A
  push(value: number): void
  fill(value: number, count: number): void
  /** Makes room for this many values. */
  reserve(capacity: number): void
}

/** Below this count, a loop takes less time than calling a function of the array. */
const few = 16

const growing = <A extends Int32Array | Float64Array>(make: (capacity: number) => A): Growing<A> => {
  let size = 0
  let values = make(firstCapacity)
  const resize = (capacity: number) => {
    const former = values
    values = make(capacity)
    values.set(former)
  }
  const grow = (needed: number) => resize(Math.max(needed, Math.ceil(size * (size < large ? 2 : 1.25))))
  return {
    get size() {
      return size
    },
    get values() {
      return values
    },
    push: (value) => {
      if (size === values.length) grow(size + 1)
      values[size++] = value
    },
    fill: (value, count) => {
      if (size + count > values.length) grow(size + count)
      if (count > few) values.fill(value, size, size + count)
      else for (let index = 0; index < count; index++) values[size + index] = value
      size += count
    },
    reserve: (capacity) => {
      if (capacity > values.length) resize(capacity)
    }
  }
}

export const growingCodes = () => growing((capacity) => new Int32Array(capacity))
export const growingNumbers = () => growing((capacity) => new Float64Array(capacity))

type Image = ReadonlyArray<unknown>

/** The numbers of some rows in one field begin at `start`. */
export interface Numbers {
  readonly values: Float64Array
  readonly start: number
}

/** Returns nothing if the rows have no numbers in this field. */
export type NumbersOf = (field: number) => Numbers | undefined

interface NumberColumn {
  readonly values: Float64Array
  /** The sum of the absolute numbers. */
  readonly total: number
  append(image: Image): void
  appendAlike(size: number, numbersOf: NumbersOf): void
  reserve(size: number): void
}

const numberIn = (value: unknown) => typeof value === "number" ? value : Number.NaN

const elapsed = (start: number, end: number) => end - start > 0 ? end - start : 0

export const makeNumberColumn = (quantity: Quantity, fields: ReadonlyArray<Field>): NumberColumn => {
  const numbers = growingNumbers()
  let total = 0
  const isElapsed = quantity._tag === "Elapsed"
  const field = fields.indexOf(isElapsed ? quantity.end : quantity)
  const startField = isElapsed ? fields.indexOf(quantity.start) : field
  const missing = !isElapsed && quantity.kind === "instant" ? Number.NaN : 0

  const append = (image: Image) => {
    const number = numberIn(image[field])
    const present = Number.isNaN(number) ? missing : number
    const value = isElapsed ? elapsed(numberIn(image[startField]), number) : present
    numbers.push(value)
    total += Math.abs(value)
  }

  const appendAlike = (size: number, numbersOf: NumbersOf) => {
    const first = numbers.size
    numbers.fill(missing, size)
    const [found, since] = [numbersOf(field), numbersOf(startField)]
    if (found === undefined || since === undefined) return
    const { values } = numbers
    for (let row = 0; row < size; row++) {
      const number = found.values[found.start + row] ?? 0
      const value = isElapsed ? elapsed(since.values[since.start + row] ?? 0, number) : number
      values[first + row] = value
      total += Math.abs(value)
    }
  }

  return {
    get values() {
      return numbers.values
    },
    get total() {
      return total
    },
    append,
    appendAlike,
    reserve: numbers.reserve
  }
}
