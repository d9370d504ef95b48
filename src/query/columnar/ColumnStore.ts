import { tags as tagsTable } from "../../metrics/crm.ts"
import type { Field } from "../../metrics/Table.ts"
import type { Plan } from "../Plan.ts"
import { type Classes, makeClassCache } from "./classes.ts"
import { type Dictionary, makeDictionary, makeLabels } from "./Dictionary.ts"
import { makeOrder, type Order } from "./Order.ts"
import { type Projection, projections } from "./projection.ts"
import { type Codes, makeCodes, makeRows, type Rows } from "./Rows.ts"

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

type Orders = Stored["orders"]

interface Table extends Stored {
  readonly projection: Projection
  orders: Orders
  changes: Rows
}

function* ordersOf({ orders }: Projection, rows: Rows, { people, viewers }: Codes): Generator<void, Orders> {
  const made = new Map<Field<"instant"> | undefined, Order>()
  for (const [at, quantities] of orders) {
    made.set(at, yield* makeOrder(rows, { at, quantities, viewers, people: people.texts.length }))
  }
  return made
}

const emptyOrders = (projection: Projection, codes: Codes): Orders => {
  const steps = ordersOf(projection, makeRows(projection, codes), codes)
  for (let step = steps.next();; step = steps.next()) if (step.done === true) return step.value
}

const makeTable = (projection: Projection, people: Dictionary): Table => {
  const codes = makeCodes(projection, people)
  const [orders, changes] = [emptyOrders(projection, codes), makeRows(projection, codes)]
  return { projection, codes, orders, changes, classesOf: makeClassCache(codes.kinds) }
}

export const makeColumnStore = (): ColumnStore => {
  const people = makeDictionary()
  const tags = makeLabels()
  const tables = new Map([...projections].map(([table, projection]) => [table, makeTable(projection, people)]))
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
      if (table.changes.size === 0) continue
      table.orders = yield* ordersOf(table.projection, table.changes, table.codes)
      table.changes = makeRows(table.projection, table.codes)
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
