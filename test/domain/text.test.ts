import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { findFault, maxDepth, maxValues } from "../../src/domain/Json.ts"
import { Text } from "../../src/domain/Text.ts"

const title = Schema.is(Text({ minimum: 1, maximum: 4 }))

const accepted: ReadonlyArray<readonly [what: string, text: string]> = [
  ["one letter", "a"],
  ["four letters", "abcd"],
  ["four emoji, which are eight code units", "😀😀😀😀"],
  ["two letters with a combining mark each", "e\u0301e\u0301"],
  ["a right-to-left override", "\u202Eab"]
]

const refused: ReadonlyArray<readonly [what: string, text: string]> = [
  ["an empty text", ""],
  ["five letters", "abcde"],
  ["five emoji", "😀😀😀😀😀"],
  ["a NUL", "a\u0000b"],
  ["a high surrogate alone", "a\uD83D"],
  ["a low surrogate alone", "\uDE00a"],
  ["a surrogate pair in the wrong order", "\uDE00\uD83D"]
]

describe("the schema of a text", () => {
  it.each(accepted)("the schema of a text of 1 to 4 characters accepts %s", (_what, text) => assert.isTrue(title(text)))
  it.each(refused)("the schema of a text of 1 to 4 characters refuses %s", (_what, text) => assert.isFalse(title(text)))
})

const nested = (levels: number): unknown => levels === 0 ? 1 : { a: nested(levels - 1) }

const values: ReadonlyArray<readonly [what: string, value: unknown, path: ReadonlyArray<PropertyKey> | undefined]> = [
  ["an ordinary layout is accepted", { widgets: [{ x: 1, y: 2.5, title: "Señor 😀", z: null, on: true }] }, undefined],
  ["the keys __proto__ and constructor are accepted", JSON.parse("{\"__proto__\":{\"constructor\":1}}"), undefined],
  ["the largest exact integers are accepted", [2 ** 53 - 1, -(2 ** 53 - 1), 1e-300], undefined],
  ["an integer beyond 2^53 is refused", { a: [JSON.parse("9007199254740993")] }, ["a", 0]],
  ["a number that overflows is refused", { a: JSON.parse("1e400") }, ["a"]],
  ["a NUL in a string is refused", { a: { b: ["x\u0000"] } }, ["a", "b", 0]],
  ["a NUL in a key is refused", { "a\u0000": 1 }, ["a\u0000"]],
  ["a lone surrogate under __proto__ is refused", JSON.parse("{\"__proto__\":\"\\ud800\"}"), ["__proto__"]],
  ["the maximum depth is accepted", nested(maxDepth), undefined],
  ["one level beyond the maximum depth is refused", nested(maxDepth + 1), ["a", "a", "a"]],
  ["more values than the maximum are refused", Array.from({ length: maxValues }, () => 0), []]
]

describe("stored JSON", () => {
  it.each(values)("in stored JSON, %s", (_what, value, path) => assert.deepStrictEqual(findFault(value)?.path, path))

  it("the check of stored JSON reads each value once", () => {
    let reads = 0
    const large = new Proxy(Array.from({ length: maxValues - 1 }, (_, index) => `value ${index}`), {
      get: (values, key, receiver) => {
        if (typeof key === "string" && /^\d+$/.test(key)) reads += 1
        return Reflect.get(values, key, receiver)
      }
    })
    assert.isUndefined(findFault(large))
    assert.strictEqual(reads, maxValues - 1)
  })
})
