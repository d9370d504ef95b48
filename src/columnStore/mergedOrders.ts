import { type Compare, comparing } from "./compareRows.ts"
import { type Growing, growingCodes } from "./growing.ts"
import { type Fill, filledOrder, lengthOf, type Order, type OrderTerms, type Range, rangesFor } from "./Order.ts"

/** A row that was inserted and then deleted may be in both orders. */
export interface Level {
  readonly inserted: Order
  readonly deleted: Order
}

/** Sources 0 and 1 have inserted rows, and sources 2 and 3 have deleted rows. */
const isDeleted = (source: number) => source > 1

interface Pieces {
  readonly sources: Growing<Int32Array>
  readonly starts: Growing<Int32Array>
  readonly ends: Growing<Int32Array>
  size: number
}

const makePieces = (): Pieces => ({ sources: growingCodes(), starts: growingCodes(), ends: growingCodes(), size: 0 })

const addPiece = (pieces: Pieces, source: number, start: number, end: number) => {
  const { ends, sources, starts } = pieces
  const last = sources.size - 1
  pieces.size += end - start
  if (last >= 0 && sources.values[last] === source && ends.values[last] === start) {
    ends.values[last] = end
    return
  }
  sources.push(source)
  starts.push(start)
  ends.push(end)
}

/** Returns the first entry from `start` on that is not below `other`. A near entry takes few steps. */
const firstFrom = (compare: Compare, start: number, end: number, other: number): number => {
  let step = 1
  while (start + step < end && compare(start + step, other) < 0) step *= 2
  let [low, high] = [start + (step >> 1), Math.min(start + step, end)]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(middle, other) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Comparing two entries takes as long as copying this many. */
const comparison = 32

const never: Compare = () => 0

interface Merging {
  readonly compare: ReadonlyArray<ReadonlyArray<Compare>>
  readonly kept: Pieces
  readonly deleted: Pieces
  readonly isDue: OrderTerms["isDue"]
}

/** An inserted row and an equal deleted row cancel out. */
function* mergeRange(ranges: ReadonlyArray<Range>, { compare, deleted, isDue, kept }: Merging): Generator<void, void> {
  const heads = Int32Array.from(ranges, ({ start }) => start)
  const ends = Int32Array.from(ranges, ({ end }) => end)
  const headOf = (source: number) => heads[source] ?? 0
  const endOf = (source: number) => ends[source] ?? 0
  const between = (a: number, b: number) => compare[a]?.[b] ?? never
  const compared = (a: number, b: number) => between(a, b)(headOf(a), headOf(b))
  const isOpposite = (a: number, b: number) =>
    headOf(b) < endOf(b) && isDeleted(a) !== isDeleted(b) && compared(a, b) === 0
  while (true) {
    let [least, next] = [-1, -1]
    for (let source = 0; source < heads.length; source++) {
      if (headOf(source) >= endOf(source)) continue
      if (least < 0 || compared(source, least) < 0) [least, next] = [source, least]
      else if (next < 0 || compared(source, next) < 0) next = source
    }
    if (least < 0) return
    if (isDue(comparison)) yield
    const pieces = isDeleted(least) ? deleted : kept
    const start = headOf(least)
    const end = next < 0 ? endOf(least) : firstFrom(between(least, next), start, endOf(least), headOf(next))
    if (end > start) {
      addPiece(pieces, least, start, end)
      heads[least] = end
      continue
    }
    const opposite = heads.findIndex((_, source) => isOpposite(least, source))
    heads[least] = start + 1
    if (opposite < 0) addPiece(pieces, least, start, start + 1)
    else heads[opposite] = headOf(opposite) + 1
  }
}

const short = 32

const copy = <A extends Int32Array | Float64Array>(values: A, start: number, end: number, into: A, at: number) => {
  if (end - start > short) return into.set(values.subarray(start, end), at)
  for (let entry = start; entry < end; entry++) into[at + entry - start] = values[entry] ?? 0
}

const filling = ({ ends, sources, starts }: Pieces, orders: ReadonlyArray<Order>, isDue: OrderTerms["isDue"]): Fill =>
  function*(columnOf, into) {
    const columns = orders.map(columnOf)
    let at = 0
    for (let piece = 0; piece < sources.size; piece++) {
      const [start, end] = [starts.values[piece] ?? 0, ends.values[piece] ?? 0]
      copy(columns[sources.values[piece] ?? 0] ?? into, start, end, into, at)
      at += end - start
      if (isDue(end - start)) yield
    }
    return into
  }

const rangeIn = (order: Order, people: number, range: number): Range => {
  if (range < people) return order.ownOf(range)
  return range < 2 * people ? order.sharedOf(range - people) : order.shared
}

export function* mergedLevels(older: Level, newer: Level, people: number, terms: OrderTerms): Generator<void, Level> {
  const orders = [older.inserted, newer.inserted, older.deleted, newer.deleted]
  const compare = orders.map((a) => orders.map((b) => comparing(terms, a, b)))
  const [kept, deleted] = [makePieces(), makePieces()]
  const layoutOf = () => ({
    people,
    starts: new Int32Array(rangesFor(people)),
    ends: new Int32Array(rangesFor(people))
  })
  const layouts = [[kept, layoutOf()], [deleted, layoutOf()]] as const
  for (let range = 0; range < rangesFor(people); range++) {
    if (terms.isDue(comparison)) yield
    for (const [{ size }, { starts }] of layouts) starts[range] = size
    const ranges = orders.map((order) => rangeIn(order, people, range))
    if (ranges.some((each) => lengthOf(each) > 0)) {
      yield* mergeRange(ranges, { compare, kept, deleted, isDue: terms.isDue })
    }
    for (const [{ size }, { ends }] of layouts) ends[range] = size
  }
  const [[, insertedLayout], [, deletedLayout]] = layouts
  return {
    inserted: yield* filledOrder(terms, insertedLayout, filling(kept, orders, terms.isDue)),
    deleted: yield* filledOrder(terms, deletedLayout, filling(deleted, orders, terms.isDue))
  }
}
