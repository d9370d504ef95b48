import { assert, describe, it } from "@effect/vitest"
import { makeInterned } from "../../src/columnStore/interned.ts"

describe("interned lists", () => {
  it("equal lists get the same code, and each new list gets the next free code", () => {
    const { codeOf } = makeInterned()
    const lists = Array.from({ length: 5_000 }, (_, index) => [index % 71, ...Array<number>(index % 4).fill(index)])
    const codes = lists.map((list) => codeOf(list, list.length))
    const names = [...new Set(lists.map(String))]
    assert.deepStrictEqual(codes, lists.map((list) => names.indexOf(String(list))))
    assert.deepStrictEqual(lists.map((list) => codeOf(list, list.length)), codes)
  })
})
