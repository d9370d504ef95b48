import { assert, describe, it } from "@effect/vitest"
import { makeInterned } from "../../src/columnStore/interned.ts"
import { makeKeys } from "../../src/columnStore/joined/keys.ts"

describe("interned lists and keys", () => {
  it("equal lists get the same code, and each new list gets the next free code", () => {
    const { codeOf } = makeInterned()
    const lists = Array.from({ length: 5_000 }, (_, index) => [index % 71, ...Array<number>(index % 4).fill(index)])
    const codes = lists.map((list) => codeOf(list, list.length))
    const names = [...new Set(lists.map(String))]
    assert.deepStrictEqual(codes, lists.map((list) => names.indexOf(String(list))))
    assert.deepStrictEqual(lists.map((list) => codeOf(list, list.length)), codes)
  })

  it("a new key gets the code of a released key of equal length, and no other code changes", () => {
    const { codeOf, release } = makeKeys()
    const names = Array.from({ length: 2_000 }, (_, index) => `lead_${index}`)
    const codes = new Map(names.map((name) => [name, codeOf(name)]))
    for (let index = 0; index < names.length; index += 3) {
      const released = names[index] ?? ""
      release(codes.get(released) ?? 0)
      const replaced = released.replace("lead", "deal")
      assert.strictEqual(codeOf(replaced), codes.get(released))
      codes.set(replaced, codeOf(replaced))
      codes.delete(released)
    }
    release(codeOf("lead_1"))
    assert.notStrictEqual(codeOf("lead_1"), codeOf("deal_x"))
    codes.set("lead_1", codeOf("lead_1"))
    assert.deepStrictEqual(new Map([...codes.keys()].map((name) => [name, codeOf(name)])), codes)
  })

  it("no two keys have the same code after a key was released while the table grew", () => {
    for (let released = 0; released < 65; released++) {
      const { codeOf, release } = makeKeys()
      const names = Array.from({ length: 65 }, (_, index) => `lead_${100 + index}`)
      const codes = names.map(codeOf)
      release(codes[released] ?? 0)
      names.splice(released, 1)
      const again = codeOf("deal_100")
      const more = Array.from({ length: 20 }, (_, index) => `call_${100 + index}`)
      for (const name of more) codeOf(name)
      release(again)
      const all = [...names, ...more, "deal_100", "task_100"]
      assert.strictEqual(new Set(all.map(codeOf)).size, all.length)
      assert.deepStrictEqual(names.map(codeOf), codes.toSpliced(released, 1))
    }
  })

  it("keys that differ by a character, by its upper byte, or by a null at the end have different codes", () => {
    const { codeOf } = makeKeys()
    const names = ["", "a", "a\0", "ab", "abc", "abd", "a\u0162c", "abc\0", "\u{1f600}", "\u{1f601}"]
    assert.deepStrictEqual(names.map(codeOf), names.map((_, index) => index))
  })
})
