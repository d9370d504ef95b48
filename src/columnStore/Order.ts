import type { Shape } from "./compareRows.ts"
import type { Pace } from "./pace.ts"
import type { Quantity } from "./projection.ts"
import { type Columns, noNumbers } from "./Rows.ts"
import { makeTracks, type Tracks, type TrackTerms } from "./Tracks.ts"

/** A range includes `start` and excludes `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Each viewer has a range of own rows and a range of shared rows. Rows without a time are left out. */
export interface Order extends Columns {
  readonly size: number
  readonly times: Float64Array | undefined
  ownOf(person: number): Range
  sharedOf(person: number): Range
  readonly shared: Range
  readonly sharing: ReadonlyArray<number>
  /** Returns the sum of the absolute amounts. */
  totalOf(quantity: Quantity): number
  readonly tracks: Tracks
}

export const lengthOf = ({ end, start }: Range): number => end - start

const none: Range = { start: 0, end: 0 }

const totalOf = (values: Float64Array) => {
  let total = 0
  for (let index = 0; index < values.length; index++) total += Math.abs(values[index] ?? 0)
  return total
}

/** The ranges are in this order: own rows by person, shared rows by person, all shared rows. */
export interface Layout {
  readonly people: number
  readonly starts: Int32Array
  readonly ends: Int32Array
}

export const rangesFor = (people: number): number => 2 * people + 1

export interface OrderTerms extends Shape {
  readonly trackTerms: TrackTerms
  readonly isDue: Pace
}

export type Fill = <A extends Int32Array | Float64Array>(columnOf: (rows: Columns) => A, into: A) => Generator<void, A>

export function* filledOrder(
  { at, isDue, quantities, trackTerms }: OrderTerms,
  { ends, people, starts }: Layout,
  fill: Fill
): Generator<void, Order> {
  const size = ends.at(-1) ?? 0
  const kinds = yield* fill((rows) => rows.kinds, new Int32Array(size))
  const viewers = yield* fill((rows) => rows.viewers, new Int32Array(size))
  const tagLists = yield* fill((rows) => rows.tagLists, new Int32Array(size))
  const columns = new Map<Quantity, Float64Array>()
  const totals = new Map<Quantity, number>()
  for (const quantity of quantities) {
    const values = yield* fill((rows) => rows.numbers(quantity), new Float64Array(size))
    columns.set(quantity, values)
    totals.set(quantity, totalOf(values))
    if (isDue(size)) yield
  }
  const numbers = (quantity: Quantity) => columns.get(quantity) ?? noNumbers
  const rangeAt = (range: number): Range => ({ start: starts[range] ?? 0, end: ends[range] ?? 0 })
  const sharedOf = (person: number): Range => person < people ? rangeAt(people + person) : none
  return {
    size,
    times: at && numbers(at),
    kinds,
    viewers,
    tagLists,
    numbers,
    ownOf: (person) => person < people ? rangeAt(person) : none,
    sharedOf,
    shared: rangeAt(2 * people),
    sharing: Array.from({ length: people }, (_, person) => person).filter((person) => lengthOf(sharedOf(person)) > 0),
    totalOf: (quantity) => totals.get(quantity) ?? 0,
    tracks: makeTracks(size, trackTerms)
  }
}
