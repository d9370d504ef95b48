import type { Field, SeenBy } from "../../metrics/Table.ts"
import { type Dictionary, type Lists, makeDictionary, makeLists } from "./Dictionary.ts"
import { largest } from "./ExactSum.ts"

/** Rows in typed arrays, a place in each for a row and somebody who sees it. */
export interface Columns {
  readonly size: number
  /** Codes of texts in the field's dictionary; for lists of them, places among the field's lists. */
  codes(field: Field): Int32Array
  dictionary(field: Field): Dictionary
  lists(field: Field): Lists
  /** Milliseconds, cents, whole numbers; NaN where there is none. */
  numbers(field: Field): Float64Array
  /** Whoever the row is here for, as a code. */
  readonly seers: Int32Array
  /** 1 for a row that came, -1 for one that went. */
  readonly weights: Int8Array
  /** A row for each who sees it; false where a value is not what floats count exactly: then nothing may be counted here. */
  append(weight: number, image: ReadonlyArray<unknown>): boolean
  /** Puts what stands at `from[place]` to each place, a column at a step. Nothing may be appended until it is done. */
  rearrange(from: Int32Array): Generator<void, void>
}

const isText = (cell: unknown) => typeof cell === "string"

const isNumber = ({ kind }: Field) => kind === "instant" || kind === "money" || kind === "integer" || kind === "percent"

type Values = Int32Array | Float64Array

const valuesFor = (field: Field, rows: number): Values =>
  isNumber(field) ? new Float64Array(rows) : new Int32Array(rows)

const rearranged = <A extends Values | Int8Array>(values: A, into: A, from: Int32Array): A => {
  for (let place = 0; place < from.length; place++) into[place] = values[from[place] ?? 0] ?? 0
  return into
}

const grown = <A extends Values | Int8Array>(values: A, into: A): A => {
  into.set(values)
  return into
}

interface Column {
  readonly field: Field
  values: Values
  readonly dictionary: Dictionary
  readonly lists: Lists
}

const firstCapacity = 1024

/** A row comes as an image: its values in the order of the fields. */
export const makeColumns = (
  fields: ReadonlyArray<Field>,
  { assignees, owner }: SeenBy,
  people: Dictionary
): Columns => {
  let size = 0
  let weights = new Int8Array(firstCapacity)
  let seers = new Int32Array(firstCapacity)
  const columns = fields.map((field): Column => ({
    field,
    values: valuesFor(field, firstCapacity),
    dictionary: field === owner || field === assignees ? people : makeDictionary(),
    lists: makeLists()
  }))
  const seeing = [owner, ...(assignees === undefined ? [] : [assignees])].map((field) => fields.indexOf(field))
  const seersIn = (image: ReadonlyArray<unknown>) => new Set(seeing.flatMap((place) => image[place]).filter(isText))

  const columnOf = (field: Field): Column => {
    const column = columns[fields.indexOf(field)]
    if (column === undefined) throw new Error(`${field.table}.${field.column} is not kept.`)
    return column
  }

  const grow = () => {
    const rows = Math.max(firstCapacity, Math.ceil(weights.length * 1.5))
    weights = grown(weights, new Int8Array(rows))
    seers = grown(seers, new Int32Array(rows))
    for (const column of columns) column.values = grown(column.values, valuesFor(column.field, rows))
  }

  const cellOf = ({ dictionary, field, lists }: Column, cell: unknown): number => {
    if (isNumber(field)) return typeof cell === "number" ? cell : Number.NaN
    if (Array.isArray(cell)) return lists.placeOf(cell.filter(isText).map(dictionary.codeOf))
    return typeof cell === "string" ? dictionary.codeOf(cell) : 0
  }

  const appendFor = (seer: number, weight: number, cells: ReadonlyArray<number>) => {
    if (size === weights.length) grow()
    for (const [place, { values }] of columns.entries()) values[size] = cells[place] ?? Number.NaN
    seers[size] = seer
    weights[size] = weight
    size += 1
  }

  const append = (weight: number, image: ReadonlyArray<unknown>): boolean => {
    const cells = columns.map((column, place) => cellOf(column, image[place]))
    if (cells.some((cell) => Math.abs(cell) > largest)) return false
    for (const seer of seersIn(image)) appendFor(people.codeOf(seer), weight, cells)
    return true
  }

  function* rearrange(from: Int32Array) {
    weights = rearranged(weights, new Int8Array(from.length), from)
    seers = rearranged(seers, new Int32Array(from.length), from)
    for (const column of columns) {
      yield
      column.values = rearranged(column.values, valuesFor(column.field, from.length), from)
    }
  }

  const codes = (field: Field) => {
    const { values } = columnOf(field)
    if (values instanceof Int32Array) return values
    throw new Error(`${field.table}.${field.column} has no codes.`)
  }
  const numbers = (field: Field) => {
    const { values } = columnOf(field)
    if (values instanceof Float64Array) return values
    throw new Error(`${field.table}.${field.column} has no numbers.`)
  }

  return {
    get size() {
      return size
    },
    get weights() {
      return weights
    },
    get seers() {
      return seers
    },
    codes,
    numbers,
    dictionary: (field) => columnOf(field).dictionary,
    lists: (field) => columnOf(field).lists,
    append,
    rearrange
  }
}
