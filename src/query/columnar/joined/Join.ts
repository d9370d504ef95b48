import type { Field } from "../../../metrics/Table.ts"
import type { Projection } from "../projection.ts"
import { type KeyedRows, makeKeyedRows } from "./KeyedRows.ts"
import type { Thread } from "./SharedThreads.ts"
import type { Source } from "./sources.ts"

export interface Group {
  readonly key: number
  of(source: Source): Rows
}

export interface Rows extends Pick<KeyedRows, "text" | "texts" | "number"> {
  readonly places: ReadonlyArray<number>
}

export type JoinedRow = { readonly table: string; readonly image: ReadonlyArray<unknown> } | Thread

export interface JoinDefinition {
  readonly sources: ReadonlyArray<Source>
  readonly projections: ReadonlyArray<Projection>
  readonly rowsOf: (group: Group) => ReadonlyArray<JoinedRow>
}

/** After a change, the joined rows of the key are computed again. */
export interface Join {
  /** The number of rows of the sources. */
  readonly size: number
  /** False if a key had too many rows, so joined rows are missing. */
  readonly isComplete: boolean
  append(table: string, weight: number, image: ReadonlyArray<unknown>): void
  /** Appends the joined rows of all keys that changed. */
  settle(): Generator<void, void>
}

/** A change of a key with more rows of one table would block the process for over 10 ms. */
export const maxRowsOfKey = 4_096

const keysAtOnce = 1_024

/** The number of a key that was released is used again. */
const makeKeys = () => {
  const codes = new Map<string, number>()
  const names: Array<string> = []
  const free: Array<number> = []
  const codeOf = (name: string) => {
    const known = codes.get(name)
    if (known !== undefined) return known
    const code = free.pop() ?? names.length
    names[code] = name
    codes.set(name, code)
    return code
  }
  const release = (code: number) => {
    if (!codes.delete(names[code] ?? "")) return
    names[code] = ""
    free.push(code)
  }
  return { codeOf, release }
}

export type AppendRow = (table: string, weight: number, image: ReadonlyArray<unknown>) => void

interface Held {
  readonly rows: KeyedRows
  readonly keyOf: (image: ReadonlyArray<unknown>) => string | undefined
}

const heldOf = ({ fields: kept, isJoined, key }: Source, fields: ReadonlyArray<Field>): Held => {
  const keyAt = fields.indexOf(key)
  const keyOf = (image: ReadonlyArray<unknown>) => {
    const value = image[keyAt]
    if (typeof value !== "string") return undefined
    return isJoined === undefined || isJoined((field) => image[fields.indexOf(field)]) ? value : undefined
  }
  return { rows: makeKeyedRows(fields, kept), keyOf }
}

/** A weight of -1 deletes a joined row. */
export const makeJoin = (
  { rowsOf, sources }: JoinDefinition,
  fieldsOf: (table: string) => ReadonlyArray<Field>,
  appendJoined: (row: JoinedRow, weight: number) => void
): Join => {
  const held = new Map(sources.map((source) => [source.table, heldOf(source, fieldsOf(source.table))]))
  const keys = makeKeys()
  const changed = new Set<number>()
  let isComplete = true

  const groupOf = (key: number): Group => ({
    key,
    of: ({ table }) => {
      const rows = held.get(table)?.rows
      if (rows === undefined) throw new Error(`${table} is not a source of this join.`)
      const { number, of, text, texts } = rows
      return { places: of(key), text, texts, number }
    }
  })

  const appendRowsOf = (key: number, weight: number) => {
    for (const row of rowsOf(groupOf(key))) appendJoined(row, weight)
  }

  const isEmpty = (key: number) => [...held.values()].every(({ rows }) => rows.isEmpty(key))

  const append = (table: string, weight: number, image: ReadonlyArray<unknown>) => {
    const source = held.get(table)
    const name = source?.keyOf(image)
    if (source === undefined || name === undefined || !isComplete) return
    const key = keys.codeOf(name)
    if (!changed.has(key)) {
      changed.add(key)
      if (!isEmpty(key)) appendRowsOf(key, -1)
    }
    source.rows.append(key, weight, image)
    if (source.rows.lengthOf(key) > maxRowsOfKey) isComplete = false
  }

  function* settle() {
    let count = 0
    for (const key of changed) {
      changed.delete(key)
      if (isEmpty(key)) keys.release(key)
      else appendRowsOf(key, 1)
      count += 1
      if (count % keysAtOnce === 0) yield
    }
  }

  return {
    get size() {
      return [...held.values()].reduce((sum, { rows }) => sum + rows.size, 0)
    },
    get isComplete() {
      return isComplete
    },
    append,
    settle
  }
}
