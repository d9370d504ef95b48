import { tags as tagsTable } from "../../metrics/crm.ts"
import type { Field } from "../../metrics/Table.ts"
import type { Plan } from "../Plan.ts"
import { type Classes, makeClassCache } from "./classes.ts"
import { type Dictionary, makeDictionary, makeLabels } from "./Dictionary.ts"
import { makeOrder, type Order } from "./Order.ts"
import { type Projection, projections } from "./projection.ts"
import { type Codes, makeCodes, makeRows, type Rows } from "./Rows.ts"
import { type TrackTerms, trackTerms } from "./Tracks.ts"

/** The sorted rows of a table, in one order for each time column, and the changes since the sort. */
export interface Stored {
  readonly codes: Codes
  readonly orders: ReadonlyMap<Field<"instant"> | undefined, Order>
  readonly changes: Rows
  classesOf(plan: Plan): Classes
}

export interface ColumnStore {
  readonly people: Dictionary
  tagLabel(id: string): string | undefined
  stored(table: string): Stored | undefined
  /** The number of entries. A row has an entry for each viewer. */
  readonly size: number
  readonly unsorted: number
  /** The weight is 1 for an insert and -1 for a delete. Deletes come only after the sort. */
  append(table: string, weight: number, image: ReadonlyArray<unknown>): void
  /** Runs once, in steps of milliseconds. Nothing may be appended until the last step. */
  sort(): Generator<void, void>
}

interface Table extends Stored {
  readonly projection: Projection
  readonly trackTerms: TrackTerms
  orders: Stored["orders"]
  changes: Rows
}

function* sortTable(table: Table): Generator<void, void> {
  const { changes, codes: { people, viewers }, projection, trackTerms } = table
  const orders = new Map<Field<"instant"> | undefined, Order>()
  for (const [at, quantities] of projection.orders) {
    orders.set(at, yield* makeOrder(changes, { at, quantities, viewers, people: people.texts.length, trackTerms }))
  }
  table.orders = orders
  table.changes = makeRows(projection, table.codes)
}

const makeTable = (projection: Projection, people: Dictionary, trackTerms: TrackTerms): Table => {
  const codes = makeCodes(projection, people)
  const [changes, classesOf] = [makeRows(projection, codes), makeClassCache(codes.kinds)]
  const table: Table = { projection, trackTerms, codes, orders: new Map(), changes, classesOf }
  Array.from(sortTable(table))
  return table
}

export const makeColumnStore = (terms = trackTerms): ColumnStore => {
  const people = makeDictionary()
  const tags = makeLabels()
  const tables = new Map([...projections].map(([table, projection]) => [table, makeTable(projection, people, terms)]))
  let sorted = 0

  const append = (table: string, weight: number, image: ReadonlyArray<unknown>) => {
    if (table !== tagsTable.name) return tables.get(table)?.changes.append(weight, image)
    const [id, name] = image.map(String)
    if (id !== undefined && name !== undefined) tags.append(weight, id, name)
  }

  const unsorted = () => [...tables.values()].reduce((sum, { changes }) => sum + changes.entries, 0)

  function* sort() {
    sorted = unsorted()
    for (const table of tables.values()) {
      if (table.changes.size > 0) yield* sortTable(table)
    }
  }

  return {
    people,
    tagLabel: tags.labelOf,
    stored: (table) => tables.get(table),
    get size() {
      return sorted + unsorted()
    },
    get unsorted() {
      return unsorted()
    },
    append,
    sort
  }
}
