/** Half of a surrogate pair is a part of what comes after all single units. */
const place = (unit: number): number => unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit

/** By code points, as every sort of ours: no locale, no collation. */
export const byCodePoint = (a: string, b: string): number => {
  const end = Math.min(a.length, b.length)
  for (let at = 0; at < end; at++) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (left !== right) return place(left) - place(right)
  }
  return a.length - b.length
}

type Value = bigint | null

/** Largest first, null last. */
export const descending = (a: Value, b: Value): number => {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return a > b ? -1 : 1
}

interface Named {
  readonly key: string
  readonly label: string
}

export const byLabel = (a: Named, b: Named): number => byCodePoint(a.label, b.label) || byCodePoint(a.key, b.key)

/** The largest first, of equal ones by label; each is valued once. */
export const bySize = <A extends Named>(all: ReadonlyArray<A>, valueOf: (one: A) => Value): ReadonlyArray<A> =>
  all
    .map((one) => ({ one, value: valueOf(one) }))
    .sort((a, b) => descending(a.value, b.value) || byLabel(a.one, b.one))
    .map(({ one }) => one)
