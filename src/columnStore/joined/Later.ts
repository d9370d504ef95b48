import type { Archived } from "./Archive.ts"
import type { KeyedRows } from "./KeyedRows.ts"

/** Collects changes of a key, and leaves out changes that undo each other. */
export const makeLater = (archived: Archived | undefined) => {
  const later = new Map<string, { readonly rows: KeyedRows; readonly cells: ReadonlyArray<number>; weight: number }>()
  return {
    archived,
    isEmpty: () => later.size === 0,
    add: (table: string, rows: KeyedRows, weight: number, cells: ReadonlyArray<number>) => {
      const name = `${table} ${cells.join()}`
      const sum = (later.get(name)?.weight ?? 0) + weight
      if (sum === 0) later.delete(name)
      else later.set(name, { rows, cells, weight: sum })
    },
    appendTo: (key: number) => {
      for (const { cells, rows, weight } of later.values()) {
        for (let count = Math.abs(weight); count > 0; count--) rows.append(key, weight, cells)
      }
    }
  }
}

export type Later = ReturnType<typeof makeLater>
