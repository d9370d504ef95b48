import { type ColumnStore, makeColumnStore, type Terms } from "../../src/columnStore/ColumnStore.ts"
import { definitions, type JoinDefinition } from "../../src/columnStore/joined/joins.ts"
import type { Row as SourceRow } from "../../src/columnStore/joined/sourceRows.ts"
import { contract, type Tables } from "../../src/metrics/crm.ts"
import { rowsBefore } from "../../src/services/replica/keyQueries.ts"
import { countedTables, loggedFields } from "../../src/services/replica/loggedFields.ts"

type Row = Readonly<Record<string, unknown>>

const imageCell = (value: unknown) => typeof value === "bigint" ? Number(value) : value

/** Converts a row to the values that the change log stores. They begin with those that the column store keeps. A missing list is empty; other missing values are null. */
export const imageOf = (table: string, row: Row): ReadonlyArray<unknown> =>
  (loggedFields.get(table) ?? []).map(({ kind, name }) =>
    imageCell(row[name] ?? (kind === "texts" || kind === "uuids" ? [] : null))
  )

export const lead = (cells: Row) =>
  imageOf("leads", { ownerId: "ana", status: "lead", createdAt: Date.parse("2024-05-02T00:00:00Z"), ...cells })

export const deal = (cells: Row) =>
  imageOf("deals", { ownerId: "ana", status: "open", stage: "offer", currency: "EUR", ...cells })

/** The share of the kinds of this table in the size of the column store. */
export const kindsIn = (store: ColumnStore | undefined, table: string) => store?.stored(table)?.codes.kinds.cost ?? 0

export const sort = (store: ColumnStore) => {
  const steps = store.sort()
  while (steps.next().done !== true);
}

const rowsOf = (organizationId: string, tables: Tables, key: keyof Tables): ReadonlyArray<Row> =>
  tables[key].filter((row) => row.organizationId === organizationId)

const isKey = (key: string): key is keyof Tables => Object.hasOwn(contract, key)

const imagesIn = (organizationId: string, tables: Tables) =>
  Object.keys(contract).filter(isKey).flatMap((key) => {
    const { name } = contract[key]
    return rowsOf(organizationId, tables, key).map((row) => ({ name, image: imageOf(name, row) }))
  }).filter(({ name }) => countedTables.includes(name))

/** With these limits, small stores also have tracks, extend them in several counts, and sort and merge step by step. */
export const smallTerms: Terms = {
  tracks: { block: 2, begun: 1, piece: 3 },
  mergedShare: 1 / 2,
  unsorted: 3,
  step: 8,
  stepsPerCall: 2,
  stepsPerEntry: 1
}

type Change = readonly [table: string, weight: number, image: ReadonlyArray<unknown>]

/** Returns the key and the row of a change in the form that the statements of a replica send. */
const sourceRowOf = ({ sources }: JoinDefinition, [table, , image]: Change) => {
  const index = sources.findIndex((source) => source.table === table)
  const source = sources[index]
  if (source === undefined) return undefined
  const fields = loggedFields.get(table) ?? []
  const key = image[fields.indexOf(source.key)]
  const isLeftOut = source.only !== undefined && image[fields.indexOf(source.only.field)] !== source.only.text
  if (typeof key !== "string" || isLeftOut) return undefined
  const row: SourceRow = [index, ...source.fields.map((field) => image[fields.indexOf(field)])]
  return { key, row }
}

/** A column store, and the rows that its joins read, which a replica gets from the database. */
export const joinedStore = (terms?: Terms) => {
  const store = makeColumnStore(terms)
  const rowsOfKeys = definitions.map((join) => ({ join, rows: new Map<string, ReadonlyArray<SourceRow>>() }))

  /** Commits the changes in one transaction. */
  const commit = (changes: ReadonlyArray<Change>) => {
    for (const change of changes) store.append(...change)
    for (const { join, rows } of rowsOfKeys) {
      const ofJoin = changes.flatMap((change) => {
        const found = sourceRowOf(join, change)
        return found === undefined ? [] : [{ ...found, weight: change[1] }]
      })
      for (const [key, ofKey] of Map.groupBy(ofJoin, ({ key }) => key)) {
        const former = rows.get(key) ?? []
        const changed = ofKey.map(({ row, weight }) => ["1", weight, row] as const)
        const present = rowsBefore(former, changed.map(([transaction, weight, row]) => [transaction, -weight, row]))
        rows.set(key, present)
        store.join(join, key, rowsBefore(present, changed), present)
      }
    }
  }

  return { append: (...change: Change) => commit([change]), commit, store }
}

/** Loads half of the rows and inserts the others. Each call of the result deletes a row and inserts it again. */
export const changingStore = (organizationId: string, tables: Tables): () => ColumnStore => {
  const { append, commit, store } = joinedStore(smallTerms)
  const images = imagesIn(organizationId, tables)
  const half = (remainder: number) => images.filter((_, index) => index % 2 === remainder)
  commit(half(0).map(({ image, name }) => [name, 1, image]))
  sort(store)
  for (const { image, name } of half(1)) {
    append(name, 1, image)
    store.sortSome()
  }
  let turn = 0
  return () => {
    const next = images[turn++ % images.length]
    if (next === undefined) return store
    for (const weight of [-1, 1]) {
      append(next.name, weight, next.image)
      store.sortSome()
    }
    return store
  }
}
