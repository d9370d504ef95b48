import type { Field } from "../metrics/Table.ts"
import type { Quantity } from "./projection.ts"
import type { Columns } from "./Rows.ts"

export interface Shape {
  readonly at: Field<"instant"> | undefined
  readonly quantities: ReadonlyArray<Quantity>
}

export type Compare = (i: number, j: number) => number

const compareNumbers = (a: number, b: number): number => {
  if (a === b) return 0
  if (a < b) return -1
  return a > b ? 1 : Number(Number.isNaN(a)) - Number(Number.isNaN(b))
}

/** The time is compared first, and then all other columns, so that equal rows are neighbors. */
export const comparing = ({ at, quantities }: Shape, a: Columns, b: Columns): Compare => {
  const numbers = quantities.map((quantity) => [a.numbers(quantity), b.numbers(quantity)] as const)
  const difference = (left: Int32Array, i: number, right: Int32Array, j: number) => (left[i] ?? 0) - (right[j] ?? 0)
  const compareRest: Compare = (i, j) => {
    for (const [left, right] of numbers) {
      const found = compareNumbers(left[i] ?? 0, right[j] ?? 0)
      if (found !== 0) return found
    }
    return 0
  }
  const [kinds, viewers, tagLists] = [[a.kinds, b.kinds], [a.viewers, b.viewers], [a.tagLists, b.tagLists]] as const
  const compareAll: Compare = (i, j) =>
    difference(kinds[0], i, kinds[1], j) || difference(viewers[0], i, viewers[1], j) ||
    difference(tagLists[0], i, tagLists[1], j) || compareRest(i, j)
  if (at === undefined) return compareAll
  const [left, right] = [a.numbers(at), b.numbers(at)]
  return (i, j) => {
    const [earlier, later] = [left[i] ?? 0, right[j] ?? 0]
    if (earlier === later) return compareAll(i, j)
    return earlier < later ? -1 : 1
  }
}
