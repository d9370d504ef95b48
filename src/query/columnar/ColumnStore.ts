import { tags as tagsTable } from "../../metrics/crm.ts"
import type { Field } from "../../metrics/Table.ts"
import { type Columns, makeColumns } from "./Column.ts"
import { type Dictionary, makeDictionary } from "./Dictionary.ts"
import { makeTagNames } from "./labels.ts"
import { populations } from "./projection.ts"
import { bySeer, byTime, type Order } from "./SortedIndex.ts"

/** The rows of a population, once for each who sees them: those that are in order, and those that came or went since. */
export interface Rows {
  readonly columns: Columns
  /** How many are in order. */
  readonly ordered: number
  readonly orders: ReadonlyMap<Field<"instant"> | undefined, Order>
}

/** What an organization's rows can be counted from, without a database. */
export interface Store {
  readonly people: Dictionary
  tagName(id: string): string | undefined
  rowsOf(table: string): Rows | undefined
  /** Of all tables. */
  readonly size: number
  /** How many rows came and went since the others were put in order. */
  readonly unordered: number
  /** Takes a row that came (1) or went (-1); false where it cannot be kept exactly: then the store is of no use. */
  append(table: string, weight: number, image: ReadonlyArray<unknown>): boolean
  /** Puts all rows in order, some milliseconds at a step. Nothing may be appended until it is done. */
  arrange(): Generator<void, void>
}

export const makeStore = (): Store => {
  const people = makeDictionary()
  const tags = makeTagNames()
  const rows = new Map<string, Rows>()
  for (const [table, { fields, population }] of populations) {
    rows.set(table, { columns: makeColumns(fields, population.seenBy, people), ordered: 0, orders: new Map() })
  }
  const sizeOf = () => [...rows.values()].reduce((sum, { columns }) => sum + columns.size, 0)

  const append = (table: string, weight: number, image: ReadonlyArray<unknown>) => {
    if (table !== tagsTable.name) return rows.get(table)?.columns.append(weight, image) ?? false
    const [id, name] = image.map(String)
    if (id === undefined || name === undefined) return false
    tags.append(weight, id, name)
    return true
  }

  /** By whoever sees them, then by the first of the times, so that what is counted together stands together. */
  function* putInOrder(columns: Columns, times: ReadonlyArray<Field<"instant"> | undefined>): Generator<void, Rows> {
    const [first] = times
    const came = bySeer(columns)
    if (first?.isNullable === false) {
      for (const [seer, rows] of yield* byTime(came.of, columns, first)) came.of.get(seer)?.set(rows)
    }
    yield* columns.rearrange(came.rows)
    const { of } = bySeer(columns)
    const orders = new Map<Field<"instant"> | undefined, Order>()
    for (const at of times) orders.set(at, yield* byTime(of, columns, at))
    return { columns, ordered: columns.size, orders }
  }

  function* arrange() {
    for (const [table, { columns }] of rows) {
      rows.set(table, yield* putInOrder(columns, populations.get(table)?.times ?? []))
    }
  }

  return {
    people,
    tagName: tags.nameOf,
    rowsOf: (table) => rows.get(table),
    get size() {
      return sizeOf()
    },
    get unordered() {
      return [...rows.values()].reduce((sum, { columns, ordered }) => sum + columns.size - ordered, 0)
    },
    append,
    arrange
  }
}
