import { tags as tagsTable } from "../../metrics/crm.ts"
import type { Field } from "../../metrics/Table.ts"
import type { Plan } from "../Plan.ts"
import { type Classes, makeClassCache } from "./classes.ts"
import { type Dictionary, makeDictionary, makeLabels } from "./Dictionary.ts"
import { makeOrder, type Order } from "./Order.ts"
import { type Projection, projections } from "./projection.ts"
import { type Codes, makeCodes, makeRows, type Rows } from "./Rows.ts"
import { type TrackTerms, trackTerms } from "./Tracks.ts"

/** Each time column that metrics use has an order. */
type Orders = ReadonlyMap<Field<"instant"> | undefined, Order>

/** The rows of a table. Changes are sorted too, but later. */
export interface Stored {
  readonly codes: Codes
  readonly loaded: Orders
  readonly changes: Rows
  /** `inserted` and `deleted` contain the first `sorted` changes. */
  readonly inserted: Orders
  readonly deleted: Orders
  readonly sorted: number
  classesOf(plan: Plan): Classes
}

export interface ColumnStore {
  readonly people: Dictionary
  tagLabel(id: string): string | undefined
  stored(table: string): Stored | undefined
  /** The number of entries. A row has an entry for each viewer. */
  readonly size: number
  /** The number of entries that were appended after `sort`. */
  readonly changed: number
  /** The weight is 1 for an insert and -1 for a delete. Deletes are appended only after `sort`. */
  append(table: string, weight: number, image: ReadonlyArray<unknown>): void
  sort(): Generator<void, void>
  /** Sorts some changes, for some milliseconds. */
  sortChanges(): void
}

interface Table extends Stored {
  readonly projection: Projection
  readonly terms: Terms
  loaded: Orders
  changes: Rows
  inserted: Orders
  deleted: Orders
  sorted: number
  sorting: Generator<void, void> | undefined
}

export interface Terms extends TrackTerms {
  /** Changes are sorted when more than this number, and more than an eighth of all changes, are unsorted. */
  readonly unsorted: number
  /** For each table, a run begins no further step of a sort after this time. */
  readonly sortMillis: number
}

const usualTerms: Terms = { ...trackTerms, unsorted: 256, sortMillis: 2 }

function* ordersOf(
  { changes, codes: { people, viewers }, projection, terms }: Table,
  among: Int32Array
): Generator<void, Orders> {
  const orders = new Map<Field<"instant"> | undefined, Order>()
  for (const [at, quantities] of projection.orders) {
    const orderTerms = { at, quantities, viewers, people: people.texts.length, trackTerms: terms }
    orders.set(at, yield* makeOrder(changes, among, orderTerms))
  }
  return orders
}

const rowsByWeight = ({ size, weights }: Rows) => {
  const [inserted, deleted] = [new Int32Array(size), new Int32Array(size)]
  let inserts = 0
  for (let row = 0; row < size; row++) {
    if (weights[row] === 1) inserted[inserts++] = row
    else deleted[row - inserts] = row
  }
  return { inserted: inserted.subarray(0, inserts), deleted: deleted.subarray(0, size - inserts) }
}

function* sortTable(table: Table): Generator<void, void> {
  table.loaded = yield* ordersOf(table, rowsByWeight(table.changes).inserted)
  table.changes = makeRows(table.projection, table.codes)
}

/** Sorts all changes again. Changes may be appended between the steps. */
function* sortChangesOf(table: Table): Generator<void, void> {
  const { changes, changes: { size } } = table
  const rows = rowsByWeight(changes)
  const inserted = yield* ordersOf(table, rows.inserted)
  const deleted = yield* ordersOf(table, rows.deleted)
  Object.assign(table, { inserted, deleted, sorted: size })
}

const advance = (table: Table) => {
  const { changes: { size }, sorted, terms } = table
  if (size - sorted > Math.max(terms.unsorted, size / 8)) table.sorting ??= sortChangesOf(table)
  const until = performance.now() + terms.sortMillis
  do {
    if (table.sorting?.next().done === true) table.sorting = undefined
  } while (table.sorting !== undefined && performance.now() < until)
}

const noOrders: Orders = new Map()

const makeTable = (projection: Projection, people: Dictionary, terms: Terms): Table => {
  const codes = makeCodes(projection, people)
  return {
    projection,
    terms,
    codes,
    loaded: noOrders,
    changes: makeRows(projection, codes),
    inserted: noOrders,
    deleted: noOrders,
    sorted: 0,
    sorting: undefined,
    classesOf: makeClassCache(codes.kinds)
  }
}

export const makeColumnStore = (terms = usualTerms): ColumnStore => {
  const people = makeDictionary()
  const tags = makeLabels()
  const tables = new Map([...projections].map(([table, projection]) => [table, makeTable(projection, people, terms)]))
  let loaded = 0

  const append = (table: string, weight: number, image: ReadonlyArray<unknown>) => {
    if (table !== tagsTable.name) return tables.get(table)?.changes.append(weight, image)
    const [id, name] = image.map(String)
    if (id !== undefined && name !== undefined) tags.append(weight, id, name)
  }

  const changed = () => [...tables.values()].reduce((sum, { changes }) => sum + changes.entries, 0)

  function* sort() {
    loaded = changed()
    for (const table of tables.values()) {
      if (table.changes.size > 0) yield* sortTable(table)
    }
  }

  return {
    people,
    tagLabel: tags.labelOf,
    stored: (table) => tables.get(table),
    get size() {
      return loaded + changed()
    },
    get changed() {
      return changed()
    },
    append,
    sort,
    sortChanges: () => {
      for (const table of tables.values()) advance(table)
    }
  }
}
