import type { Predicate } from "../../metrics/Measure.ts"
import type { Filter } from "../Filters.ts"
import type { Plan } from "../Plan.ts"
import { blockSize } from "./Batch.ts"
import type { Columns } from "./Column.ts"

/** Sets the marks of those of the first `size` rows that do not match to 0; the others stay as they are. */
export type Sieve = (rows: Int32Array, size: number, marks: Uint8Array) => void

const all = (of: ReadonlyArray<Sieve>): Sieve => (rows, size, marks) => {
  for (const each of of) each(rows, size, marks)
}

const not = (of: Sieve): Sieve => {
  const own = new Uint8Array(blockSize)
  return (rows, size, marks) => {
    own.fill(1, 0, size)
    of(rows, size, own)
    for (let place = 0; place < size; place++) if (own[place] === 1) marks[place] = 0
  }
}

const is = (codes: Int32Array, code: number): Sieve => (rows, size, marks) => {
  for (let place = 0; place < size; place++) if (codes[rows[place] ?? 0] !== code) marks[place] = 0
}

const isAmong = (codes: Int32Array, among: ReadonlyArray<number>, known: number): Sieve => {
  const [only, ...others] = among
  if (only !== undefined && others.length === 0) return is(codes, only)
  const matching = marked(among, known)
  return (rows, size, marks) => {
    for (let place = 0; place < size; place++) if (matching[codes[rows[place] ?? 0] ?? 0] !== 1) marks[place] = 0
  }
}

const isMissing = (numbers: Float64Array): Sieve => (rows, size, marks) => {
  for (let place = 0; place < size; place++) if (!Number.isNaN(numbers[rows[place] ?? 0])) marks[place] = 0
}

const isBefore = (instants: Float64Array, instant: number): Sieve => (rows, size, marks) => {
  for (let place = 0; place < size; place++) if (!((instants[rows[place] ?? 0] ?? 0) < instant)) marks[place] = 0
}

/** Of so many codes as there are, those that are among these have 1. */
export const marked = (among: ReadonlyArray<number>, known: number): Uint8Array => {
  const marks = new Uint8Array(known)
  for (const code of among) marks[code] = 1
  return marks
}

export const predicate = (of: Predicate, columns: Columns, plan: Plan): Sieve => {
  switch (of._tag) {
    case "IsAnyOf": {
      const { codesOf, texts } = columns.dictionary(of.field)
      return isAmong(columns.codes(of.field), codesOf(of.values), texts.length)
    }
    case "Missing":
      return of.field.kind === "text" ? is(columns.codes(of.field), 0) : isMissing(columns.numbers(of.field))
    case "Past":
      return isBefore(columns.numbers(of.field), plan.asOf)
    case "Not":
      return not(predicate(of.of, columns, plan))
    case "All":
      return all(of.of.map((part) => predicate(part, columns, plan)))
  }
}

const filter = ({ field, orNone, values }: Filter, columns: Columns): Sieve => {
  const { codesOf, texts } = columns.dictionary(field)
  const codes = codesOf(values)
  const column = columns.codes(field)
  if (field.kind === "text") return isAmong(column, orNone ? [0, ...codes] : codes, texts.length)
  const lists = columns.lists(field).all
  const asked = new Set(codes)
  const places = [...lists.keys()].filter((place) => lists[place]?.some((code) => asked.has(code)))
  return isAmong(column, places, lists.length)
}

/** Of the population, and as the filters say; undefined where every row matches. */
export const passing = (plan: Plan, columns: Columns): Sieve | undefined => {
  const { filters: { applied }, metric: { where } } = plan
  if (where === undefined && applied.length === 0) return undefined
  return all([
    ...(where === undefined ? [] : [predicate(where, columns, plan)]),
    ...applied.map((one) => filter(one, columns))
  ])
}
