import type { Measure, Predicate } from "../../metrics/Measure.ts"
import type { Plan } from "../Plan.ts"
import { batchSize } from "./Batch.ts"
import type { ColumnTable } from "./ColumnTable.ts"
import { type BatchFilter, predicate } from "./predicate.ts"

type Write = (rows: Int32Array, size: number, into: Float64Array) => void

interface Writes {
  /** If undefined, every row adds 1. */
  readonly numerators: Write | undefined
  readonly denominators: Write | undefined
}

const matches = (filter: BatchFilter | undefined): Write => {
  if (filter === undefined) return (_rows, size, into) => into.fill(1, 0, size)
  const selection = new Uint8Array(batchSize)
  return (rows, size, into) => {
    selection.fill(1, 0, size)
    filter(rows, size, selection)
    for (let index = 0; index < size; index++) into[index] = selection[index] ?? 0
  }
}

const numbersOf = (read: Write, filter: BatchFilter | undefined): Writes => {
  const matching = matches(filter)
  const numbers = new Float64Array(batchSize)
  const writes = (amountOf: (number: number) => number): Write => (rows, size, into) => {
    read(rows, size, numbers)
    matching(rows, size, into)
    for (let index = 0; index < size; index++) {
      const number = numbers[index] ?? Number.NaN
      into[index] = Number.isNaN(number) ? 0 : (into[index] ?? 0) * amountOf(number)
    }
  }
  return { numerators: writes((number) => number), denominators: writes(() => 1) }
}

const readFrom = (numbers: Float64Array): Write => (rows, size, into) => {
  for (let index = 0; index < size; index++) into[index] = numbers[rows[index] ?? 0] ?? Number.NaN
}

/** A negative time counts as 0. The result is NaN if an instant is missing. */
const elapsed = (starts: Float64Array, ends: Float64Array): Write => (rows, size, into) => {
  for (let index = 0; index < size; index++) {
    const row = rows[index] ?? 0
    into[index] = Math.max(0, (ends[row] ?? Number.NaN) - (starts[row] ?? Number.NaN))
  }
}

export const measure = (of: Measure, columns: ColumnTable, plan: Plan): Writes => {
  const filter = (where: Predicate | undefined) => where && predicate(where, columns, plan)
  switch (of._tag) {
    case "Count":
      return { numerators: of.where && matches(filter(of.where)), denominators: undefined }
    case "Sum":
      return { ...numbersOf(readFrom(columns.numbers(of.field)), filter(of.where)), denominators: undefined }
    case "Average":
      return numbersOf(readFrom(columns.numbers(of.field)), filter(of.where))
    case "Elapsed":
      return numbersOf(elapsed(columns.numbers(of.start), columns.numbers(of.end)), filter(of.where))
    case "Ratio":
      return { numerators: matches(filter(of.part.where)), denominators: matches(filter(of.whole.where)) }
    case "Handwritten":
      throw new Error("Handwritten metrics are not in the column store; use their SQL.")
  }
}
