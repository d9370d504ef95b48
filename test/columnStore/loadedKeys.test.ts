import { assert, describe, it } from "@effect/vitest"
import { type ColumnStore, makeColumnStore } from "../../src/columnStore/ColumnStore.ts"
import { type KeyPage, makeArchive, type Texts } from "../../src/columnStore/joined/Archive.ts"
import { maxRowsOfKey } from "../../src/columnStore/joined/Join.ts"
import { staysJoin } from "../../src/columnStore/joined/stays.ts"
import { threadsJoin } from "../../src/columnStore/joined/threads.ts"
import { imageOf, lead, sort } from "../support/columns.ts"

const textsOf = (texts: ReadonlyArray<string>, separator: string): Texts => {
  let end = -separator.length
  const ends = texts.map((text) => end += separator.length + Buffer.byteLength(text))
  return { bytes: Buffer.from(texts.join(separator)), separator: separator.length, ends: Int32Array.from(ends) }
}

type Rows = ReadonlyArray<ReadonlyArray<unknown>>

const pageOf = (keys: ReadonlyArray<readonly [string, Rows]>): KeyPage => ({
  keys: textsOf(keys.map(([name]) => name), ""),
  rows: textsOf(keys.map(([, rows]) => JSON.stringify(rows)), ",")
})

const numbered = (start: number, count: number): ReadonlyArray<readonly [string, Rows]> =>
  Array.from({ length: count }, (_, index) => [`ключ ${start + index}`, [[0, start + index], [1, "ü"]]])

const sizesOf = (page: ReadonlyArray<readonly [string, Rows]>) => Int32Array.from(page, ([, rows]) => rows.length)

const at = (day: string) => Date.parse(`${day}T00:00:00Z`)

const spell = (cells: Readonly<Record<string, unknown>>) =>
  imageOf("lead_status_spells", { leadId: "l", status: "lead", startedAt: at("2024-05-02"), ...cells })

const changesOf = (store: ColumnStore, table: string) =>
  store.stored(table)?.unsorted.reduce((sum, { size }) => sum + size, 0)

const loadedStore = () => {
  const store = makeColumnStore()
  store.loadKeys(
    staysJoin,
    pageOf([
      ["l", [[1, "lead", at("2024-05-02"), null], [0, "ana", ["bo"]], [1, "client", at("2024-04-02"), null]]],
      ["without a lead", [[1, "lead", at("2024-05-02"), null]]],
      ["other", [[0, "cy", []], [1, "lead", at("2024-05-02"), null]]]
    ])
  )
  sort(store)
  return store
}

describe("keys of a load", () => {
  it("an archive returns the rows of each key once", () => {
    const { add, find } = makeArchive()
    const pages = [0, 1_500, 3_000, 4_500].map((start) => numbered(start, 1_500))
    for (const page of pages) add(pageOf(page), sizesOf(page))
    for (const [name, rows] of pages.flatMap((page) => page.slice(0, 700))) {
      const archived = find(name)
      assert.deepStrictEqual([archived?.size, archived?.take(), find(name)], [2, rows, undefined])
    }
    assert.isUndefined(find("ключ 6000"))
  })

  it("an archive keeps a page until the rows of all its keys are removed", () => {
    const archive = makeArchive()
    for (const page of [numbered(0, 3), numbered(3, 2)]) archive.add(pageOf(page), sizesOf(page))
    const sizes = [1, 3, 0, 2, 4].map((key) => {
      archive.find(`ключ ${key}`)?.take()
      return archive.size
    })
    assert.deepStrictEqual(sizes, [10, 10, 10, 4, 0])
  })

  it("the rows of a loaded key are joined at once, and joined again after a change", () => {
    const store = loadedStore()
    assert.strictEqual(store.stored("stays")?.levels.size, 7)
    assert.strictEqual(changesOf(store, "stays"), 0)
    store.append("leads", -1, lead({ leadId: "l", assigneeIds: ["bo"] }))
    store.append("leads", 1, lead({ leadId: "l", ownerId: "cy" }))
    assert.strictEqual(store.unsettled, 3)
    assert.strictEqual(changesOf(store, "stays"), 4)
    store.append("lead_status_spells", -1, spell({ leadId: "other" }))
    assert.strictEqual(changesOf(store, "stays"), 5)
    store.append("leads", 1, lead({ leadId: "without a lead" }))
    assert.strictEqual(changesOf(store, "stays"), 6)
  })

  it("a change of a column that no join reads leaves the rows of a loaded key as they are", () => {
    const store = loadedStore()
    store.append("leads", -1, lead({ leadId: "other", ownerId: "cy" }))
    store.append("leads", 1, lead({ leadId: "other", ownerId: "cy", source: "web" }))
    assert.strictEqual(store.unsettled, 0)
    const { size } = store
    assert.strictEqual(changesOf(store, "stays"), 0)
    assert.strictEqual(store.size, size)
  })

  it("the rows of changed keys of a load are restored key by key, and not when the changes are appended", () => {
    const store = makeColumnStore()
    const spells = Array.from({ length: 1_024 }, (_, index) => [1, "lead", at("2024-05-02") + index, null])
    const keys = Array.from({ length: 20 }, (_, key) => `lead ${key}`)
    store.loadKeys(staysJoin, pageOf(keys.map((key) => [key, [[0, "ana", []], ...spells]])))
    sort(store)
    const { size } = store
    for (const leadId of keys) store.append("leads", -1, lead({ leadId }))
    const textsAndLists = 3
    assert.deepStrictEqual([store.size, store.unsettled], [size + keys.length + textsAndLists, keys.length * 1_025])
    const steps = store.sort()
    const unsettled = keys.map(() => {
      steps.next()
      return store.unsettled
    })
    assert.deepStrictEqual(unsettled, keys.map((_, index) => (keys.length - 1 - index) * 1_025))
  })

  it("loaded keys that differ in a byte order mark at their start stay different keys", () => {
    const store = makeColumnStore()
    const mails: Rows = [[0, "ana", "outbound", at("2024-05-02")], [0, "bo", "outbound", at("2024-05-03")]]
    store.loadKeys(threadsJoin, pageOf([["\uFEFFt", mails], ["t", mails]]))
    sort(store)
    const { size } = store.sharedThreads
    const sent = { ownerId: "bo", direction: "outbound", sentAt: at("2024-05-03") }
    for (const threadId of ["\uFEFFt", "t"]) store.append("emails", -1, imageOf("emails", { threadId, ...sent }))
    assert.deepStrictEqual([size, store.sharedThreads.size], [4, 0])
  })

  it("a loaded key with more than 4,096 rows of one table leaves the metric to SQL, and no loaded rows are kept", () => {
    const store = loadedStore()
    const spells = (count: number): Rows => Array.from({ length: count }, (_, index) => [1, "lead", index, null])
    store.loadKeys(staysJoin, pageOf([["long", [[0, "ana", []], ...spells(maxRowsOfKey)]]]))
    assert.isDefined(store.stored("stays"))
    const { size } = store
    store.loadKeys(staysJoin, pageOf([["too long", spells(maxRowsOfKey + 1)]]))
    assert.isUndefined(store.stored("stays"))
    const archived = 6 + 1 + maxRowsOfKey
    assert.strictEqual(store.size, size - archived)
  })
})
