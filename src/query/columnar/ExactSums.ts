/** Floats are exact below 2^53, and `spillAt` plus one such amount stays below it. */
export const maxAmount = 2 ** 50

const spillAt = 2 ** 52

/** Adds up floats, and moves them to a bigint before they could be rounded. */
export interface ExactSums {
  add(cell: number, amount: number): void
  at(cell: number): bigint
  grow(cells: number): void
}

export const makeExactSums = (): ExactSums => {
  let used = 0
  let small = new Float64Array(0)
  const spilled = new Map<number, bigint>()
  const at = (cell: number) => (spilled.get(cell) ?? 0n) + BigInt(small[cell] ?? 0)
  const spill = (cell: number) => {
    spilled.set(cell, at(cell))
    small[cell] = 0
  }
  return {
    at,
    add: (cell, amount) => {
      const sum = (small[cell] ?? 0) + amount
      small[cell] = sum
      if (sum > spillAt || sum < -spillAt) spill(cell)
    },
    grow: (cells) => {
      used += cells
      if (used <= small.length) return
      const larger = new Float64Array(Math.max(used, small.length * 2))
      larger.set(small)
      small = larger
    }
  }
}

/** A cell is the sum of one bucket, group and currency. */
export interface GroupIndex {
  /** Returns cell 0 if the index is full. This cell is never reported. */
  firstCellOf(group: number, currency: number): number
  readonly entries: ReadonlyArray<
    { readonly group: number; readonly currency: number; readonly firstCell: number }
  >
  readonly isFull: boolean
}

/** With more cells SQL is faster, because it returns no empty ones. */
const maxCells = 2 ** 17

export const makeGroupIndex = (
  { buckets, currencies, groups }: { readonly buckets: number; readonly currencies: number; readonly groups: number },
  grow: (cells: number) => void
): GroupIndex => {
  const firstCells = new Int32Array(groups * currencies)
  const entries: Array<GroupIndex["entries"][number]> = []
  let isFull = false
  grow(buckets)

  const firstCellOf = (group: number, currency: number): number => {
    const index = group * currencies + currency
    const numbered = firstCells[index] ?? 0
    if (numbered > 0 || isFull) return numbered
    const firstCell = (entries.length + 1) * buckets
    isFull = firstCell > maxCells
    grow(buckets)
    entries.push({ group, currency, firstCell })
    firstCells[index] = firstCell
    return firstCell
  }
  return {
    firstCellOf,
    entries,
    get isFull() {
      return isFull
    }
  }
}
