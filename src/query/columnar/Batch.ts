import type { Instant } from "../../domain/Calendar.ts"
import { bucketOfInstant } from "../memory/rows.ts"
import type { Plan } from "../Plan.ts"
import type { Rows } from "./ColumnStore.ts"

/** So many rows stay in the processor's caches while one loop after the other goes over them. */
export const blockSize = 2048

/** Rows that are counted together, each with its bucket. */
export interface Block {
  readonly rows: Int32Array
  readonly buckets: Int32Array
  size: number
}

/** The first place, from one on, whose row is not before the instant; rows are by time. */
const firstFrom = (rows: Int32Array, instants: Float64Array, instant: Instant, from: number): number => {
  let low = from
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((instants[rows[middle] ?? 0] ?? 0) < instant) low = middle + 1
    else high = middle
  }
  return low
}

/** Nothing waits while rows are counted, so that one serves all; new ones would be most of the garbage of a small run. */
const block: Block = { rows: new Int32Array(blockSize), buckets: new Int32Array(blockSize), size: 0 }

/** Gives rows on, as many at a time as a block holds. */
const makeBlocks = (count: (block: Block) => void) => {
  block.size = 0
  const flush = () => {
    if (block.size > 0) count(block)
    block.size = 0
  }
  const addOne = (row: number, bucket: number) => {
    block.rows[block.size] = row
    block.buckets[block.size] = bucket
    block.size += 1
    if (block.size === blockSize) flush()
  }
  const add = (rows: Int32Array, bucket: number) => {
    let from = 0
    while (from < rows.length) {
      const some = rows.subarray(from, from + blockSize - block.size)
      block.rows.set(some, block.size)
      block.buckets.fill(bucket, block.size, block.size + some.length)
      block.size += some.length
      from += some.length
      if (block.size === blockSize) flush()
    }
  }
  return { add, addOne, flush }
}

/** Everything of the plan's time that the viewers see, block by block. */
export const eachBlock = (
  plan: Plan,
  { columns, ordered, orders }: Rows,
  viewers: ReadonlyArray<number>,
  count: (block: Block) => void
): void => {
  const { edges, gap, isOpen, metric: { at } } = plan
  const { add, addOne, flush } = makeBlocks(count)
  const instants = at && columns.numbers(at)

  for (const viewer of viewers) {
    const rows = orders.get(at)?.get(viewer)
    if (rows === undefined) continue
    if (instants === undefined) {
      add(rows, 0)
      continue
    }
    let from = isOpen ? 0 : firstFrom(rows, instants, edges[0] ?? Infinity, 0)
    for (let bucket = isOpen ? 0 : 1; bucket < edges.length && from < rows.length; bucket++) {
      const to = firstFrom(rows, instants, edges[bucket] ?? Infinity, from)
      if (bucket !== gap && to > from) add(rows.subarray(from, to), bucket)
      from = to
    }
  }

  const { seers, size } = columns
  const inScope = new Set(viewers)
  for (let row = ordered; row < size; row++) {
    const instant = instants === undefined ? 0 : instants[row] ?? Number.NaN
    if (Number.isNaN(instant) || !inScope.has(seers[row] ?? 0)) continue
    const bucket = instants === undefined ? 0 : bucketOfInstant(instant, plan)
    if (bucket !== undefined) addOne(row, bucket)
  }
  flush()
}
