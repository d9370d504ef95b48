import type { Field } from "../metrics/Table.ts"
import { growingNumbers } from "./growing.ts"
import type { Quantity } from "./projection.ts"

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
