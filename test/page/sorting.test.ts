import { assert, describe, it } from "@effect/vitest"
import { hiddenIn, keptOf } from "../../src/page/records/hiddenColumns.ts"
import { nextSort, sortedBy, withoutKey } from "../../src/page/shell/sorting.ts"

const rows = [
  { id: "a", name: "Östlund", value: 9 },
  { id: "b", name: null, value: 10 },
  { id: "c", name: "Olsen 10", value: null },
  { id: "d", name: "Olsen 9", value: 10 },
  { id: "e", name: "zorro", value: -1 }
] as const

type Column = "name" | "value"

const by = (column: Column, isDown: boolean, locale = "en") =>
  sortedBy(rows, { key: column, isDown }, (row) => row[column], locale).map(({ id }) => id).join("")

describe("a sorted table", () => {
  it("has numbers by size, rows without a value last, and equal values in their order", () => {
    assert.strictEqual(by("value", true), "bdaec")
    assert.strictEqual(by("value", false), "eabdc")
  })

  it("has texts in the order of the language, with numbers in them by size", () => {
    assert.strictEqual(by("name", false), "dcaeb")
    assert.strictEqual(by("name", true), "eacdb")
    assert.strictEqual(by("name", false, "sv"), "dceab")
  })

  it("without a sort has the order that it got", () => {
    assert.strictEqual(sortedBy(rows, undefined, ({ value }) => value, "en"), rows)
  })

  it("is sorted by numbers from the largest, by texts from A, then the other way, and then not at all", () => {
    for (const isNumber of [true, false]) {
      const first = nextSort(undefined, "value", isNumber)
      assert.deepStrictEqual(first, { key: "value", isDown: isNumber })
      const second = nextSort(first, "value", isNumber)
      assert.deepStrictEqual(second, { key: "value", isDown: !isNumber })
      assert.isUndefined(nextSort(second, "value", isNumber))
      assert.deepStrictEqual(nextSort(second, "name", false), { key: "name", isDown: false })
    }
  })
})

describe("hidden columns", () => {
  it("do not sort the list, and other columns still do", () => {
    const sort = { key: "source", isDown: true }
    assert.isUndefined(withoutKey(sort, "source"))
    assert.strictEqual(withoutKey(sort, "status"), sort)
  })

  it.each([
    [null, {}],
    ["not JSON", {}],
    ["[]", {}],
    ["null", {}],
    [`{"lead":["source",1],"deal":"price"}`, { lead: ["source"], deal: [] }]
  ])("kept as %s are read as %o", (text, wanted) => {
    assert.deepStrictEqual(hiddenIn(text), wanted)
  })

  it("are not in the file", () => {
    const columns = ["source", "status"].map((key) => ({ key, label: key, kind: "text" as const }))
    assert.deepStrictEqual(keptOf(columns, ["source", "gone"]), ["status"])
  })
})
