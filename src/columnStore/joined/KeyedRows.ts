import { Predicate } from "effect"
import type { Field } from "../../metrics/Table.ts"
import { type Dictionary, makeDictionary } from "../Dictionary.ts"
import { type Growing, growingCodes, growingNumbers } from "../growing.ts"
import { type Lists, makeLists } from "../Lists.ts"

type Image = ReadonlyArray<unknown>

export interface Rows {
  readonly places: ReadonlyArray<number>
  text(place: number, field: Field<"text">): string | null
  texts(place: number, field: Field<"texts">): ReadonlyArray<string>
  number(place: number, field: Field): number | null
}

/** Each key has a list of rows. The delete of a row may be appended before its insert. */
export interface KeyedRows extends Omit<Rows, "places"> {
  readonly size: number
  lengthOf(key: number): number
  /** True means that the key has no rows and no deletes that wait for their inserts. */
  isEmpty(key: number): boolean
  cellsOf(image: Image): ReadonlyArray<number>
  /** The values are those of the kept fields. */
  cellsOfKept(values: Image): ReadonlyArray<number>
  append(key: number, weight: number, cells: ReadonlyArray<number>): void
  of(key: number): ReadonlyArray<number>
}

interface Column {
  readonly cells: Growing<Int32Array | Float64Array>
  codeOf(value: unknown): number
}

export const noTexts: ReadonlyArray<string> = []

const columnOf = ({ kind }: Field, texts: Dictionary, lists: Lists): Column => {
  const codeOfText = (value: unknown) => Predicate.isString(value) ? texts.codeOf(value) : 0
  if (kind === "text") return { cells: growingCodes(), codeOf: codeOfText }
  if (kind === "texts") {
    const codeOf = (value: unknown) =>
      Array.isArray(value) && value.length > 0 ? lists.codeOf(value.filter(Predicate.isString).map(codeOfText)) : 0
    return { cells: growingCodes(), codeOf }
  }
  return { cells: growingNumbers(), codeOf: (value) => typeof value === "number" ? value : Number.NaN }
}

const put = ({ push, size, values }: Growing<Int32Array | Float64Array>, place: number, value: number) => {
  if (place === size) push(value)
  else values[place] = value
}

export const makeKeyedRows = (fields: ReadonlyArray<Field>, kept: ReadonlyArray<Field>): KeyedRows => {
  const texts = makeDictionary()
  const lists = makeLists()
  const columns = new Map(kept.map((field) => [field, columnOf(field, texts, lists)]))
  const readers = [...columns].map(([field, { codeOf }]) => {
    const index = fields.indexOf(field)
    return (image: Image) => codeOf(image[index])
  })
  const all = [...columns.values()].map(({ cells }) => cells)
  /** In a list of rows, place 0 marks the end. */
  const [heads, lengths, nexts] = [growingCodes(), growingCodes(), growingCodes()]
  nexts.push(0)
  for (const cells of all) cells.push(0)
  const free: Array<number> = []
  const early = new Map<number, Array<ReadonlyArray<number>>>()
  let size = 0

  const nextOf = (place: number) => nexts.values[place] ?? 0
  const headOf = (key: number) => key < heads.size ? heads.values[key] ?? 0 : 0

  const lengthOf = (key: number) => key < lengths.size ? lengths.values[key] ?? 0 : 0

  const setHead = (key: number, place: number) => {
    while (heads.size <= key) heads.push(0)
    heads.values[key] = place
  }

  const grow = (key: number, by: 1 | -1) => {
    while (lengths.size <= key) lengths.push(0)
    lengths.values[key] = lengthOf(key) + by
    size += by
  }

  const insert = (key: number, cells: ReadonlyArray<number>) => {
    const place = free.pop() ?? nexts.size
    put(nexts, place, headOf(key))
    for (let index = 0; index < all.length; index++) put(all[index] ?? nexts, place, cells[index] ?? 0)
    setHead(key, place)
    grow(key, 1)
  }

  const isEqual = (place: number, cells: ReadonlyArray<number>) =>
    all.every(({ values }, index) => Object.is(values[place], cells[index]))

  const remove = (key: number, cells: ReadonlyArray<number>): boolean => {
    let [before, place] = [0, headOf(key)]
    while (place !== 0 && !isEqual(place, cells)) [before, place] = [place, nextOf(place)]
    if (place === 0) return false
    if (before === 0) setHead(key, nextOf(place))
    else nexts.values[before] = nextOf(place)
    free.push(place)
    grow(key, -1)
    return true
  }

  const removeEarly = (key: number, cells: ReadonlyArray<number>): boolean => {
    const deleted = early.get(key) ?? []
    const index = deleted.findIndex((others) => others.every((value, column) => Object.is(value, cells[column])))
    if (index < 0) return false
    deleted.splice(index, 1)
    if (deleted.length === 0) early.delete(key)
    return true
  }

  const deleteEarly = (key: number, cells: ReadonlyArray<number>) => {
    early.set(key, [...early.get(key) ?? [], cells])
  }

  const append = (key: number, weight: number, cells: ReadonlyArray<number>) => {
    if (weight > 0) {
      if (!removeEarly(key, cells)) insert(key, cells)
    } else if (!remove(key, cells)) deleteEarly(key, cells)
  }

  const of = (key: number) => {
    const places: Array<number> = []
    for (let place = headOf(key); place !== 0; place = nextOf(place)) places.push(place)
    return places
  }

  const cell = (place: number, field: Field) => columns.get(field)?.cells.values[place] ?? Number.NaN
  const number = (place: number, field: Field) => {
    const value = cell(place, field)
    return Number.isNaN(value) ? null : value
  }
  return {
    get size() {
      return size + texts.size + lists.cost
    },
    lengthOf,
    isEmpty: (key) => lengthOf(key) === 0 && !early.has(key),
    cellsOf: (image) => readers.map((read) => read(image)),
    cellsOfKept: (values) => kept.map((field, index) => columns.get(field)?.codeOf(values[index]) ?? 0),
    append,
    of,
    text: (place, field) => texts.texts[cell(place, field)] ?? null,
    texts: (place, field) => {
      const list = cell(place, field)
      if (list === 0) return noTexts
      return [...lists.at(list)].map((code) => texts.texts[code] ?? null).filter((text) => text !== null)
    },
    number
  }
}
