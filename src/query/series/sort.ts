import type { Value } from "./values.ts"

/** In UTF-16, surrogates sort before U+E000, but their code points sort after it. */
const codePointRank = (unit: number): number => unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit

/** All text is sorted by code points, independent of locale and collation. */
export const byCodePoint = (a: string, b: string): number => {
  const end = Math.min(a.length, b.length)
  for (let index = 0; index < end; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)]
    if (left !== right) return codePointRank(left) - codePointRank(right)
  }
  return a.length - b.length
}

export const descending = (a: Value, b: Value): number => {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return a > b ? -1 : 1
}

interface Labelled {
  readonly key: string
  readonly label: string
}

export const byLabel = (a: Labelled, b: Labelled): number => byCodePoint(a.label, b.label) || byCodePoint(a.key, b.key)

export const bySize = <A extends Labelled>(
  items: ReadonlyArray<A>,
  sizeOf: (item: A) => Value
): ReadonlyArray<A> =>
  items
    .map((item) => ({ item, size: sizeOf(item) }))
    .sort((a, b) => descending(a.size, b.size) || byLabel(a.item, b.item))
    .map(({ item }) => item)
