import { type Compare, comparing } from "./compareRows.ts"
import type { OrderTerms } from "./Order.ts"
import { makeDigits } from "./radix.ts"
import type { Columns } from "./Rows.ts"

type Rows = Int32Array<ArrayBuffer>

/** Fewer rows are sorted faster by comparing them than by their digits. */
const few = 48

const sortFew = (rows: Rows, start: number, end: number, compare: Compare) => {
  for (let next = start + 1; next < end; next++) {
    const row = rows[next] ?? 0
    let place = next
    for (; place > start && compare(rows[place - 1] ?? 0, row) > 0; place--) rows[place] = rows[place - 1] ?? 0
    rows[place] = row
  }
}

/** Sorts by one column after the other, because sorting by digits calls no function for each pair of rows. */
export const sorting = (columns: Columns, terms: OrderTerms): (rows: Rows) => Generator<void, void> => {
  const { at, isDue, quantities } = terms
  const compare = comparing(terms, columns, columns)
  const keys = [
    ...(at === undefined ? [] : [columns.numbers(at)]),
    columns.kinds,
    columns.viewers,
    columns.tagLists,
    ...quantities.map(columns.numbers)
  ]
  const digits = makeDigits(isDue)

  function* sortBy(rows: Rows, column: number): Generator<void, void> {
    const values = keys[column]
    if (values === undefined) return
    if (rows.length < few) return sortFew(rows, 0, rows.length, compare)
    const { isExact, sorted } = yield* digits.sort(rows, values)
    const many: Array<readonly [number, number]> = []
    for (let start = 0, end = 1; start < rows.length; start = end++) {
      while (end < rows.length && sorted[end] === sorted[start]) end++
      const length = end - start
      if (length >= few) many.push([start, end])
      else if (length > 1) sortFew(rows, start, end, compare)
      if (isDue(length < few ? length ** 2 : length)) yield
    }
    for (const [start, end] of many) yield* sortBy(rows.subarray(start, end), isExact ? column + 1 : column)
  }

  return (rows) => sortBy(rows, 0)
}
