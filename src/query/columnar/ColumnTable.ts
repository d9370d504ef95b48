import type { Field, SeenBy } from "../../metrics/Table.ts"
import { type Dictionary, type ListDictionary, makeDictionary, makeListDictionary } from "./Dictionary.ts"
import { maxAmount } from "./ExactSums.ts"

export interface ColumnTable {
  readonly size: number
  codes(field: Field): Int32Array
  dictionary(field: Field): Dictionary
  lists(field: Field): ListDictionary
  /** The numbers are milliseconds, cents or whole numbers; NaN stands for null. */
  numbers(field: Field): Float64Array
  readonly viewers: Int32Array
  readonly weights: Int8Array
  /** Returns false if a number is too large for exact sums. */
  append(weight: number, image: ReadonlyArray<unknown>): boolean
  /** Moves entry `order[i]` to `i`. Nothing may be appended until the last step. */
  rearrange(order: Int32Array): Generator<void, void>
}

const isText = (value: unknown) => typeof value === "string"

const isNumeric = ({ kind }: Field) =>
  kind === "instant" || kind === "money" || kind === "integer" || kind === "percent"

type Values = Int32Array | Float64Array

const valuesFor = (field: Field, capacity: number): Values =>
  isNumeric(field) ? new Float64Array(capacity) : new Int32Array(capacity)

const rearranged = <A extends Values | Int8Array>(values: A, into: A, order: Int32Array): A => {
  for (let index = 0; index < order.length; index++) into[index] = values[order[index] ?? 0] ?? 0
  return into
}

const copied = <A extends Values | Int8Array>(values: A, into: A): A => {
  into.set(values)
  return into
}

interface Column {
  readonly field: Field
  values: Values
  readonly dictionary: Dictionary
  readonly lists: ListDictionary
}

const firstCapacity = 1024

/** An image lists the values of a row in the order of `fields`. */
export const makeColumnTable = (
  fields: ReadonlyArray<Field>,
  { assignees, owner }: SeenBy,
  people: Dictionary
): ColumnTable => {
  let size = 0
  let weights = new Int8Array(firstCapacity)
  let viewers = new Int32Array(firstCapacity)
  const columns = fields.map((field): Column => ({
    field,
    values: valuesFor(field, firstCapacity),
    dictionary: field === owner || field === assignees ? people : makeDictionary(),
    lists: makeListDictionary()
  }))
  const viewerFields = [owner, ...(assignees === undefined ? [] : [assignees])].map((field) => fields.indexOf(field))
  const viewersOf = (image: ReadonlyArray<unknown>) =>
    new Set(viewerFields.flatMap((index) => image[index]).filter(isText))

  const columnOf = (field: Field): Column => {
    const column = columns[fields.indexOf(field)]
    if (column === undefined) throw new Error(`${field.table}.${field.column} is not stored in columns.`)
    return column
  }

  const grow = () => {
    const capacity = Math.max(firstCapacity, Math.ceil(weights.length * 1.5))
    weights = copied(weights, new Int8Array(capacity))
    viewers = copied(viewers, new Int32Array(capacity))
    for (const column of columns) column.values = copied(column.values, valuesFor(column.field, capacity))
  }

  const encode = ({ dictionary, field, lists }: Column, value: unknown): number => {
    if (isNumeric(field)) return typeof value === "number" ? value : Number.NaN
    if (Array.isArray(value)) return lists.codeOf(value.filter(isText).map(dictionary.codeOf))
    return typeof value === "string" ? dictionary.codeOf(value) : 0
  }

  const appendEntry = (viewer: number, weight: number, encoded: ReadonlyArray<number>) => {
    if (size === weights.length) grow()
    for (const [index, { values }] of columns.entries()) values[size] = encoded[index] ?? Number.NaN
    viewers[size] = viewer
    weights[size] = weight
    size += 1
  }

  const append = (weight: number, image: ReadonlyArray<unknown>): boolean => {
    const encoded = columns.map((column, index) => encode(column, image[index]))
    if (encoded.some((value) => Math.abs(value) > maxAmount)) return false
    for (const viewer of viewersOf(image)) appendEntry(people.codeOf(viewer), weight, encoded)
    return true
  }

  function* rearrange(order: Int32Array) {
    weights = rearranged(weights, new Int8Array(order.length), order)
    viewers = rearranged(viewers, new Int32Array(order.length), order)
    for (const column of columns) {
      yield
      column.values = rearranged(column.values, valuesFor(column.field, order.length), order)
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
    get viewers() {
      return viewers
    },
    codes,
    numbers,
    dictionary: (field) => columnOf(field).dictionary,
    lists: (field) => columnOf(field).lists,
    append,
    rearrange
  }
}
