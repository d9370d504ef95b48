/** Where the buckets of a group in a currency begin, among those of all that have rows. */
export interface Cells {
  /** Groups and currencies are codes. Beyond what fits, all begin where nothing is told of. */
  beginOf(group: number, currency: number): number
  readonly all: ReadonlyArray<{ readonly group: number; readonly currency: number; readonly begin: number }>
  readonly areTooMany: boolean
}

/** Beyond so many buckets of groups SQL is asked: it has only those with rows, and nobody waits for it. */
const mostCells = 2 ** 17

/** `grow` is told of each group's buckets before they begin; the first ones are nobody's. */
export const makeCells = (
  { buckets, currencies, groups }: { readonly buckets: number; readonly currencies: number; readonly groups: number },
  grow: (cells: number) => void
): Cells => {
  const begins = new Int32Array(groups * currencies)
  const all: Array<Cells["all"][number]> = []
  let areTooMany = false
  grow(buckets)

  const beginOf = (group: number, currency: number): number => {
    const key = group * currencies + currency
    const known = begins[key] ?? 0
    if (known > 0 || areTooMany) return known
    const begin = (all.length + 1) * buckets
    areTooMany = begin > mostCells
    grow(buckets)
    all.push({ group, currency, begin })
    begins[key] = begin
    return begin
  }
  return {
    beginOf,
    all,
    get areTooMany() {
      return areTooMany
    }
  }
}
