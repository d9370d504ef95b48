import type { Field } from "../../metrics/Table.ts"
import type { Columns } from "./Column.ts"

/** The rows that somebody sees, by time; those without one are left out. */
export type Order = ReadonlyMap<number, Int32Array>

const sortedByTime = (rows: Int32Array, instants: Float64Array): Int32Array => {
  const apart = (a: number, b: number) => (instants[a] ?? 0) - (instants[b] ?? 0)
  for (let place = 1; place < rows.length; place++) {
    if (apart(rows[place - 1] ?? 0, rows[place] ?? 0) > 0) return rows.sort(apart)
  }
  return rows
}

/** Everybody's rows, one person's after the other's, and each person's part of them. */
export const bySeer = ({ seers, size }: Columns): { readonly rows: Int32Array; readonly of: Order } => {
  const counts = new Map<number, number>()
  for (let row = 0; row < size; row++) counts.set(seers[row] ?? 0, (counts.get(seers[row] ?? 0) ?? 0) + 1)
  const rows = new Int32Array(size)
  const next = new Map<number, number>()
  const of = new Map<number, Int32Array>()
  let start = 0
  for (const [seer, count] of counts) {
    next.set(seer, start)
    of.set(seer, rows.subarray(start, start + count))
    start += count
  }
  for (let row = 0; row < size; row++) {
    const seer = seers[row] ?? 0
    const place = next.get(seer) ?? 0
    rows[place] = row
    next.set(seer, place + 1)
  }
  return { rows, of }
}

/** Some milliseconds at a step. */
export function* byTime(of: Order, { numbers }: Columns, at: Field<"instant"> | undefined): Generator<void, Order> {
  if (at === undefined) return of
  const instants = numbers(at)
  const sorted = new Map<number, Int32Array>()
  for (const [seer, rows] of of) {
    sorted.set(seer, sortedByTime(rows.filter((row) => !Number.isNaN(instants[row])), instants))
    yield
  }
  return sorted
}
