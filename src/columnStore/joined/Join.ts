import type { Field } from "../../metrics/Table.ts"
import { makePace } from "../pace.ts"
import type { Projection } from "../projection.ts"
import { type Archived, type KeyPage, makeArchive, rowsOfAll, textAt } from "./Archive.ts"
import { heldOf } from "./Held.ts"
import type { Rows } from "./KeyedRows.ts"
import { makeKeys } from "./keys.ts"
import { type Later, makeLater } from "./Later.ts"
import { makeRowReader } from "./rowReader.ts"
import type { Thread } from "./SharedThreads.ts"
import type { Source } from "./sources.ts"

export interface Group {
  readonly key: number
  of(source: Source): Rows
}

export type JoinedRow = { readonly table: string; readonly image: ReadonlyArray<unknown> } | Thread

export interface JoinDefinition {
  readonly sources: ReadonlyArray<Source>
  readonly projections: ReadonlyArray<Projection>
  /** The first projection has about as many rows as this source. */
  readonly sizedBy?: Source
  readonly rowsOf: (group: Group) => ReadonlyArray<JoinedRow>
}

export interface Join {
  readonly size: number
  /** If a key had too many rows, joined rows are missing and `isComplete` is false. */
  readonly isComplete: boolean
  readonly unsettled: number
  isSettled(): boolean
  append(table: string, weight: number, image: ReadonlyArray<unknown>): void
  load(page: KeyPage): void
  /** For each changed key, appends the difference between its former and its new joined rows. */
  settle(): Generator<void, void>
}

/** If a key had more rows of one table, joining them after a change would block the process for over 10 ms. */
export const maxRowsOfKey = 4_096

const rowsAtOnce = 1_024

export type AppendRow = (table: string, weight: number, image: ReadonlyArray<unknown>) => void

export const makeJoin = (
  { rowsOf, sources }: JoinDefinition,
  fieldsOf: (table: string) => ReadonlyArray<Field>,
  appendJoined: (row: JoinedRow, weight: number) => void
): Join => {
  const held = new Map(sources.map((source) => [source.table, heldOf(source, fieldsOf(source.table))]))
  const all = [...held.values()]
  const keys = makeKeys()
  let archive = makeArchive()
  const readers = sources.map(makeRowReader)
  const readerOf = new Map(sources.map(({ table }, index) => [table, readers[index]?.read]))
  /** Keys with changes: `changed` has those that had rows before, and `fresh` those that had none. */
  const changed = new Map<number, Later>()
  const fresh: Array<number> = []
  const isFresh: Array<boolean> = []
  let isComplete = true

  const among = (rowsIn: (table: string) => Rows | undefined): Group["of"] => ({ table }) => {
    const rows = rowsIn(table)
    if (rows === undefined) throw new Error(`${table} is not a source of this join.`)
    return rows
  }

  const of = among((table) => held.get(table)?.group)
  const ofLoaded = among((table) => readerOf.get(table))

  const groupOf = (key: number): Group => {
    for (const { group, rows } of all) group.places = rows.of(key)
    return { key, of }
  }

  const isEmpty = (key: number) => all.every(({ rows }) => rows.isEmpty(key))
  const longestOf = (key: number) => all.reduce((most, { rows }) => Math.max(most, rows.lengthOf(key)), 0)
  const lengthOf = (key: number) => all.reduce((sum, { rows }) => sum + rows.lengthOf(key), 0)

  const begin = (key: number, name: string) => {
    const archived = archive.find(name)
    if (archived === undefined && isEmpty(key)) {
      fresh.push(key)
      isFresh[key] = true
      return undefined
    }
    const later = makeLater(archived)
    changed.set(key, later)
    return later
  }

  const restore = (key: number, archived: Archived) => {
    for (const [source, ...values] of archived.take()) {
      const keyed = all[Number(source)]?.rows
      keyed?.append(key, 1, keyed.cellsOfKept(values))
    }
  }

  const append = (table: string, weight: number, image: ReadonlyArray<unknown>) => {
    const source = held.get(table)
    const name = source?.keyOf(image)
    if (source === undefined || name === undefined || !isComplete) return
    const key = keys.codeOf(name)
    const cells = source.rows.cellsOf(image)
    const later = isFresh[key] === true ? undefined : changed.get(key) ?? begin(key, name)
    if (later === undefined) source.rows.append(key, weight, cells)
    else later.add(table, source.rows, weight, cells)
  }

  const giveUp = () => {
    isComplete = false
    archive = makeArchive()
  }

  const load = (page: KeyPage) => {
    if (!isComplete) return
    const sizes = new Int32Array(page.keys.ends.length)
    let index = 0
    const group = {
      get key() {
        return keys.codeOf(textAt(page.keys, index))
      },
      of: ofLoaded
    }
    for (const rows of rowsOfAll(page)) {
      sizes[index] = rows.length
      for (const reader of readers) reader.clear()
      for (const row of rows) readers[Number(row[0])]?.add(row)
      if (readers.some(({ read }) => read.places.length > maxRowsOfKey)) return giveUp()
      appendAll(rowsOf(group), 1)
      index += 1
    }
    archive.add(page, sizes)
  }

  const appendAll = (rows: ReadonlyArray<JoinedRow>, weight: number) => {
    for (const row of rows) appendJoined(row, weight)
  }

  const appendChanges = (former: ReadonlyArray<JoinedRow>, latter: ReadonlyArray<JoinedRow>) => {
    const left = Map.groupBy(former, (row) => JSON.stringify(row))
    const added = left.size === 0 ? latter : latter.filter((row) => left.get(JSON.stringify(row))?.pop() === undefined)
    for (const rows of left.values()) appendAll(rows, -1)
    appendAll(added, 1)
  }

  const settleKey = (key: number, later: Later | undefined) => {
    if (!isComplete) return
    if (later?.archived !== undefined) restore(key, later.archived)
    const former = later === undefined ? [] : rowsOf(groupOf(key))
    later?.appendTo(key)
    if (longestOf(key) > maxRowsOfKey) giveUp()
    if (isComplete) appendChanges(former, rowsOf(groupOf(key)))
    if (isEmpty(key)) keys.release(key)
  }

  function* settle() {
    const isPauseDue = makePace(rowsAtOnce)
    while (fresh.length > 0 || changed.size > 0) {
      for (let key = fresh.pop(); key !== undefined; key = fresh.pop()) {
        isFresh[key] = false
        settleKey(key, undefined)
        if (isPauseDue(1 + lengthOf(key))) yield
      }
      for (const [key, later] of changed) {
        changed.delete(key)
        if (later.isEmpty()) continue
        settleKey(key, later)
        if (isPauseDue(1 + lengthOf(key))) yield
      }
    }
  }

  return {
    get size() {
      return all.reduce((sum, { rows }) => sum + rows.size, archive.size)
    },
    isSettled: () => fresh.length === 0 && changed.size === 0,
    get unsettled() {
      let sum = 0
      for (const [key, { archived, isEmpty }] of changed) if (!isEmpty()) sum += lengthOf(key) + (archived?.size ?? 0)
      return sum
    },
    get isComplete() {
      return isComplete
    },
    append,
    load,
    settle
  }
}
