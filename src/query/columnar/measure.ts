import type { Measure, Predicate } from "../../metrics/Measure.ts"
import type { Plan } from "../Plan.ts"
import { blockSize } from "./Batch.ts"
import type { Columns } from "./Column.ts"
import { predicate, type Sieve } from "./predicate.ts"

/** Writes what each of the first `size` rows adds. */
type Write = (rows: Int32Array, size: number, into: Float64Array) => void

/** What rows add to a value, if it is not just each of them, and to what it is divided by, if it is. */
interface Writes {
  readonly n: Write | undefined
  readonly d: Write | undefined
}

/** 1 for each that matches. */
const counts = (sieve: Sieve | undefined): Write => {
  if (sieve === undefined) return (_rows, size, into) => into.fill(1, 0, size)
  const own = new Uint8Array(blockSize)
  return (rows, size, into) => {
    own.fill(1, 0, size)
    sieve(rows, size, own)
    for (let place = 0; place < size; place++) into[place] = own[place] ?? 0
  }
}

/** The numbers that there are of those that match. */
const values = (numbers: Write, sieve: Sieve | undefined): Writes => {
  const counted = counts(sieve)
  const own = new Float64Array(blockSize)
  const written = (write: (number: number) => number): Write => (rows, size, into) => {
    numbers(rows, size, own)
    counted(rows, size, into)
    for (let place = 0; place < size; place++) {
      const number = own[place] ?? Number.NaN
      into[place] = Number.isNaN(number) ? 0 : (into[place] ?? 0) * write(number)
    }
  }
  return { n: written((number) => number), d: written(() => 1) }
}

const read = (numbers: Float64Array): Write => (rows, size, into) => {
  for (let place = 0; place < size; place++) into[place] = numbers[rows[place] ?? 0] ?? Number.NaN
}

/** Not less than nothing; none where either moment is missing. */
const between = (starts: Float64Array, ends: Float64Array): Write => (rows, size, into) => {
  for (let place = 0; place < size; place++) {
    const row = rows[place] ?? 0
    into[place] = Math.max(0, (ends[row] ?? Number.NaN) - (starts[row] ?? Number.NaN))
  }
}

export const measure = (of: Measure, columns: Columns, plan: Plan): Writes => {
  const sieve = (where: Predicate | undefined) => where && predicate(where, columns, plan)
  switch (of._tag) {
    case "Count":
      return { n: of.where && counts(sieve(of.where)), d: undefined }
    case "Sum":
      return { ...values(read(columns.numbers(of.field)), sieve(of.where)), d: undefined }
    case "Average":
      return values(read(columns.numbers(of.field)), sieve(of.where))
    case "Elapsed":
      return values(between(columns.numbers(of.start), columns.numbers(of.end)), sieve(of.where))
    case "Ratio":
      return { n: counts(sieve(of.part.where)), d: counts(sieve(of.whole.where)) }
    case "Handwritten":
      throw new Error("A handwritten metric is not counted row by row.")
  }
}
