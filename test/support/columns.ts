import { contract, type Tables } from "../../src/metrics/crm.ts"
import { type ColumnStore, makeColumnStore } from "../../src/query/columnar/ColumnStore.ts"
import { imageFields } from "../../src/query/columnar/projection.ts"

type Row = Readonly<Record<string, unknown>>

const imageCell = (value: unknown) => typeof value === "bigint" ? Number(value) : value

/** A missing list is empty, and another missing value is null. */
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
    return rowsOf(organizationId, tables, key).map((row, index) => ({ name, index, image: imageOf(name, row) }))
  }).filter(({ name }) => imageFields.has(name))

/** With these limits, small stores also have tracks, extend them in several counts, and sort changes step by step. */
export const smallTerms = { block: 2, begun: 1, piece: 3, unsorted: 3, sortMillis: 0 }

export const sortAllChanges = (store: ColumnStore) => {
  for (let times = 0; times < 200; times++) store.sortChanges()
}

/** Every second row is loaded, every third is deleted and inserted again, and half of the changes are sorted. */
export const changedStore = (organizationId: string, tables: Tables): ColumnStore => {
  const store = makeColumnStore(smallTerms)
  const images = imagesIn(organizationId, tables)
  const isLoaded = (index: number) => index % 2 === 0
  for (const { image, index, name } of images) if (isLoaded(index)) store.append(name, 1, image)
  sort(store)
  const changes = images.flatMap(({ image, index, name }) => [
    ...(isLoaded(index) ? [] : [{ name, weight: 1, image }]),
    ...(index % 3 === 0 ? [{ name, weight: -1, image }, { name, weight: 1, image }] : [])
  ])
  for (const [index, { image, name, weight }] of changes.entries()) {
    if (index === Math.floor(changes.length / 2)) sortAllChanges(store)
    store.append(name, weight, image)
  }
  return store
}
