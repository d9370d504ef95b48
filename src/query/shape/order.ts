/** By code points, as every sort of ours: no locale, no collation. */
export const byCodePoint = (a: string, b: string): number => {
  const left = [...a]
  const right = [...b]
  for (const [index, character] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    if (character !== other) return (character.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0)
  }
  return left.length - right.length
}

/** Largest first, null last. */
export const descending = (a: bigint | null, b: bigint | null): number => {
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
