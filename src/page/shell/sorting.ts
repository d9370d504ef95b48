export type Sortable = string | number | null

export interface Sort {
  readonly key: string
  readonly isDown: boolean
}

const compare = (one: string | number, other: string | number, texts: Intl.Collator): number =>
  typeof one === "number" && typeof other === "number" ? one - other : texts.compare(String(one), String(other))

/** Rows without a value come last in both directions, and rows with equal values keep their order. */
export const sortedBy = <A>(
  rows: ReadonlyArray<A>,
  sort: Sort | undefined,
  valueOf: (row: A, key: string) => Sortable,
  locale: string
): ReadonlyArray<A> => {
  if (sort === undefined) return rows
  const texts = new Intl.Collator(locale, { numeric: true })
  const valued = rows.map((row) => ({ row, value: valueOf(row, sort.key) }))
  const sorted = valued.toSorted((one, other) => {
    if (one.value === null || other.value === null) return Number(one.value === null) - Number(other.value === null)
    return compare(one.value, other.value, texts) * (sort.isDown ? -1 : 1)
  })
  return sorted.map(({ row }) => row)
}

/** Numbers begin with the largest. The second press turns the order, and the third one restores the first order. */
export const nextSort = (sort: Sort | undefined, key: string, isNumber: boolean): Sort | undefined => {
  if (sort?.key !== key) return { key, isDown: isNumber }
  return sort.isDown === isNumber ? { key, isDown: !isNumber } : undefined
}

/** The sort after the column of this key is hidden, so that no list has a sort that cannot be seen. */
export const withoutKey = (sort: Sort | undefined, key: string): Sort | undefined =>
  sort?.key === key ? undefined : sort
