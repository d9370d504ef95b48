import { assert, describe, it } from "@effect/vitest"
import { type ColumnStore, makeColumnStore } from "../src/query/columnar/ColumnStore.ts"
import { type KeyPage, makeArchive, type Texts } from "../src/query/columnar/joined/Archive.ts"
import { maxRowsOfKey } from "../src/query/columnar/joined/Join.ts"
import { staysJoin } from "../src/query/columnar/joined/stays.ts"
import { imageOf, lead, sort } from "./support/columns.ts"

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
    const { add, take } = makeArchive()
    const pages = [0, 1_500, 3_000, 4_500].map((start) => numbered(start, 1_500))
    for (const page of pages) add(pageOf(page), 3_000)
    for (const [name, rows] of pages.flatMap((page) => page.slice(0, 700))) {
      assert.deepStrictEqual(take(name), [{ name, rows }])
      assert.deepStrictEqual(take(name), [])
    }
    assert.deepStrictEqual(take("ключ 6000"), [])
  })

  it("an archive returns all other rows of a page when half of its keys have changed", () => {
    const archive = makeArchive()
    const [page, other] = [numbered(0, 6), numbered(6, 2)]
    for (const each of [page, other]) archive.add(pageOf(each), 2 * each.length)
    const namesOf = (name: string) => archive.take(name).map((archived) => archived.name)
    assert.deepStrictEqual(["ключ 1", "ключ 3"].map(namesOf), [["ключ 1"], ["ключ 3"]])
    assert.strictEqual(archive.size, 16)
    assert.deepStrictEqual(namesOf("ключ 4"), ["ключ 4", "ключ 0", "ключ 2", "ключ 5"])
    assert.strictEqual(archive.size, 4)
    assert.deepStrictEqual(namesOf("ключ 5"), [])
    assert.deepStrictEqual(namesOf("ключ 7"), ["ключ 7", "ключ 6"])
    assert.strictEqual(archive.size, 0)
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

  it("a loaded key with more than 4,096 rows of one table leaves the metric to SQL", () => {
    const store = loadedStore()
    const spells = (count: number): Rows => Array.from({ length: count }, (_, index) => [1, "lead", index, null])
    store.loadKeys(staysJoin, pageOf([["long", [[0, "ana", []], ...spells(maxRowsOfKey)]]]))
    assert.isDefined(store.stored("stays"))
    store.loadKeys(staysJoin, pageOf([["too long", spells(maxRowsOfKey + 1)]]))
    assert.isUndefined(store.stored("stays"))
  })
})
