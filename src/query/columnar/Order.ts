import type { Field } from "../../metrics/Table.ts"
import type { Lists } from "./Lists.ts"
import type { Quantity } from "./projection.ts"
import { type Columns, noNumbers, type Rows } from "./Rows.ts"
import { sortedByTime } from "./sortedByTime.ts"
import { makeTracks, type Tracks, type TrackTerms } from "./Tracks.ts"

/** The entries from `start` to before `end`, in the order of time. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** The rows that have a time, in ranges: each viewer's own rows, each viewer's shared rows, and all shared rows. */
export interface Order extends Columns {
  readonly size: number
  readonly times: Float64Array | undefined
  ownOf(person: number): Range
  sharedOf(person: number): Range
  readonly shared: Range
  /** The people who see shared rows. */
  readonly sharing: ReadonlyArray<number>
  /** The sum of the absolute amounts of all entries. */
  totalOf(quantity: Quantity): number
  readonly tracks: Tracks
}

export const lengthOf = ({ end, start }: Range): number => end - start

const none: Range = { start: 0, end: 0 }

const gathered = <A extends Int32Array | Float64Array>(values: A, into: A, rows: Int32Array): A => {
  for (let index = 0; index < rows.length; index++) into[index] = values[rows[index] ?? 0] ?? 0
  return into
}

const totalOf = (values: Float64Array) => {
  let total = 0
  for (let index = 0; index < values.length; index++) total += Math.abs(values[index] ?? 0)
  return total
}

/** Calls `place` for each range that a row belongs to. */
const rangesOf = ({ members, starts }: Lists, people: number) => (list: number, place: (range: number) => void) => {
  const start = starts[list] ?? 0
  const end = starts[list + 1] ?? 0
  const first = members[start] === 0 ? start + 1 : start
  if (end - first === 1) return place(members[first] ?? 0)
  for (let index = first; index < end; index++) place(people + (members[index] ?? 0))
  place(2 * people)
}

interface Layout {
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** The row of each entry. */
  readonly rows: Int32Array
}

const rowsAtOnce = 2 ** 16

function* layOut(rows: Int32Array, lists: Int32Array, viewers: Lists, people: number): Generator<void, Layout> {
  const eachRange = rangesOf(viewers, people)
  const ends = new Int32Array(2 * people + 1)
  for (const [index, row] of rows.entries()) {
    if (index % rowsAtOnce === 0) yield
    eachRange(lists[row] ?? 0, (range) => ends[range] = (ends[range] ?? 0) + 1)
  }
  let size = 0
  for (const [range, length] of ends.entries()) {
    ends[range] = size
    size += length
  }
  const starts = ends.slice()
  const entries = new Int32Array(size)
  for (const [index, row] of rows.entries()) {
    if (index % rowsAtOnce === 0) yield
    eachRange(lists[row] ?? 0, (range) => {
      const end = ends[range] ?? 0
      entries[end] = row
      ends[range] = end + 1
    })
  }
  return { starts, ends, rows: entries }
}

export interface OrderTerms {
  readonly at: Field<"instant"> | undefined
  readonly quantities: ReadonlyArray<Quantity>
  readonly viewers: Lists
  /** The number of codes of people, including 0. */
  readonly people: number
  readonly trackTerms: TrackTerms
}

export function* makeOrder(
  rows: Rows,
  among: Int32Array,
  { at, people, quantities, trackTerms, viewers }: OrderTerms
): Generator<void, Order> {
  const sorted = yield* sortedByTime(among, at && rows.numbers(at))
  const { ends, rows: placed, starts } = yield* layOut(sorted, rows.viewers, viewers, people)
  const columns = new Map<Quantity, Float64Array>()
  for (const quantity of quantities) {
    columns.set(quantity, gathered(rows.numbers(quantity), new Float64Array(placed.length), placed))
    yield
  }
  const codes: Array<Int32Array> = []
  for (const values of [rows.kinds, rows.viewers, rows.tagLists]) {
    codes.push(gathered(values, new Int32Array(placed.length), placed))
    yield
  }
  const [kinds = placed, viewerLists = placed, tagLists = placed] = codes
  const totals = new Map([...columns].map(([quantity, values]) => [quantity, totalOf(values)]))
  const rangeAt = (range: number): Range => ({ start: starts[range] ?? 0, end: ends[range] ?? 0 })
  const sharedOf = (person: number): Range => person < people ? rangeAt(people + person) : none
  const numbers = (quantity: Quantity) => columns.get(quantity) ?? noNumbers
  return {
    size: placed.length,
    times: at && numbers(at),
    kinds,
    viewers: viewerLists,
    tagLists,
    numbers,
    ownOf: (person) => person < people ? rangeAt(person) : none,
    sharedOf,
    shared: rangeAt(2 * people),
    sharing: Array.from({ length: people }, (_, person) => person).filter((person) => lengthOf(sharedOf(person)) > 0),
    totalOf: (quantity) => totals.get(quantity) ?? 0,
    tracks: makeTracks(placed.length, trackTerms)
  }
}
