import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { findFault, maxDepth, maxValues } from "../src/domain/Json.ts"
import { Text } from "../src/domain/Text.ts"

const title = Schema.is(Text({ minimum: 1, maximum: 4 }))

const texts: ReadonlyArray<readonly [what: string, text: string, accepted: boolean]> = [
  ["nothing", "", false],
  ["one letter", "a", true],
  ["as many as allowed", "abcd", true],
  ["one too many", "abcde", false],
  ["four emoji, eight code units", "😀😀😀😀", true],
  ["five emoji", "😀😀😀😀😀", false],
  ["combining marks count one each", "e\u0301e\u0301", true],
  ["a right-to-left override is kept", "\u202Eab", true],
  ["NUL", "a\u0000b", false],
  ["half a surrogate pair", "a\uD83D", false],
  ["the other half", "\uDE00a", false],
  ["a pair in the wrong order", "\uDE00\uD83D", false]
]

describe("text", () => {
  it.each(texts)("%s", (_what, text, accepted) => assert.strictEqual(title(text), accepted))
})

const nested = (levels: number): unknown => levels === 0 ? 1 : { a: nested(levels - 1) }

const values: ReadonlyArray<readonly [what: string, value: unknown, path: ReadonlyArray<PropertyKey> | undefined]> = [
  ["an ordinary layout is kept", { widgets: [{ x: 1, y: 2.5, title: "Señor 😀", z: null, on: true }] }, undefined],
  ["prototype names are ordinary keys", JSON.parse("{\"__proto__\":{\"constructor\":1}}"), undefined],
  ["the largest exact integer is kept", [2 ** 53 - 1, -(2 ** 53 - 1), 1e-300], undefined],
  ["an integer beyond it is refused", { a: [JSON.parse("9007199254740993")] }, ["a", 0]],
  ["a number that overflowed is refused", { a: JSON.parse("1e400") }, ["a"]],
  ["NUL in a text is refused", { a: { b: ["x\u0000"] } }, ["a", "b", 0]],
  ["NUL in a name is refused", { "a\u0000": 1 }, ["a\u0000"]],
  ["a lone surrogate under __proto__ is refused", JSON.parse("{\"__proto__\":\"\\ud800\"}"), ["__proto__"]],
  ["the deepest allowed is kept", nested(maxDepth), undefined],
  ["one level deeper is refused", nested(maxDepth + 1), ["a", "a", "a"]],
  ["too many values are refused", Array.from({ length: maxValues }, () => 0), []]
]

describe("JSON kept verbatim", () => {
  it.each(values)("%s", (_what, value, path) => assert.deepStrictEqual(findFault(value)?.path, path))

  it("is checked in a few milliseconds at its largest", () => {
    const large = Array.from({ length: maxValues - 1 }, (_, index) => `value ${index}`)
    const started = performance.now()
    findFault(large)
    assert.isBelow(performance.now() - started, 50)
  })
})
