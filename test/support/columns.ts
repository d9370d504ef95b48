import { type ColumnStore, makeColumnStore, type Terms } from "../../src/columnStore/ColumnStore.ts"
import { imageFields } from "../../src/columnStore/projection.ts"
import { contract, type Tables } from "../../src/metrics/crm.ts"

type Row = Readonly<Record<string, unknown>>

const imageCell = (value: unknown) => typeof value === "bigint" ? Number(value) : value

/** Converts a row to the values that the change log stores. A missing list is empty; other missing values are null. */
export const imageOf = (table: string, row: Row): ReadonlyArray<unknown> =>
  (imageFields.get(table) ?? []).map(({ kind, name }) =>
    imageCell(row[name] ?? (kind === "texts" || kind === "uuids" ? [] : null))
  )

export const lead = (cells: Row) =>
  imageOf("leads", { ownerId: "ana", status: "lead", createdAt: Date.parse("2024-05-02T00:00:00Z"), ...cells })

export const deal = (cells: Row) =>
  imageOf("deals", { ownerId: "ana", status: "open", stage: "offer", currency: "EUR", ...cells })

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
  }).filter(({ name }) => imageFields.has(name))

/** With these limits, small stores also have tracks, extend them in several counts, and sort and merge step by step. */
export const smallTerms: Terms = {
  tracks: { block: 2, begun: 1, piece: 3 },
  mergedShare: 1 / 2,
  unsorted: 3,
  step: 8,
  stepsPerCall: 2,
  stepsPerEntry: 1
}

/** Loads half of the rows and inserts the others. Each call of the result deletes a row and inserts it again. */
export const changingStore = (organizationId: string, tables: Tables): () => ColumnStore => {
  const store = makeColumnStore(smallTerms)
  const images = imagesIn(organizationId, tables)
  const half = (remainder: number) => images.filter((_, index) => index % 2 === remainder)
  for (const { image, name } of half(0)) store.append(name, 1, image)
  sort(store)
  for (const { image, name } of half(1)) {
    store.append(name, 1, image)
    store.sortSome()
  }
  let turn = 0
  return () => {
    const next = images[turn++ % images.length]
    if (next === undefined) return store
    for (const weight of [-1, 1]) {
      store.append(next.name, weight, next.image)
      store.sortSome()
    }
    return store
  }
}
