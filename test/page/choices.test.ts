import { assert, describe, it } from "@effect/vitest"
import { chosenFirst, found, toggled, withUnlisted } from "../../src/page/choosing/Choice.ts"

const choices = [
  { value: "1", label: "Anabel Núñez" },
  { value: "2", label: "Bea Anaya" },
  { value: "3", label: "Émile Nunez" },
  { value: "4", label: "Susana" }
]

const values = (list: ReadonlyArray<{ readonly value: string }>) => list.map(({ value }) => value).join("")

describe("choices", () => {
  it.each([
    ["ana", "124"],
    [" ANA ", "124"],
    ["nunez", "13"],
    ["émi", "3"],
    ["ana núñez", ""],
    ["", "1234"]
  ])("the search “%s” finds %s, and words that begin with it come first", (text, wanted) => {
    assert.strictEqual(values(found(choices, text)), wanted)
  })

  it("other words find a choice by their beginnings, after the choices whose labels fit", () => {
    const commands = [{ value: "1", label: "Send", words: "mail E-Mail" }, { value: "2", label: "Mail settings" }]
    assert.strictEqual(values(found(commands, "mail")), "21")
    assert.strictEqual(values(found(commands, "e-m")), "1")
    assert.strictEqual(values(found(commands, "ail")), "2")
  })

  it("chosen values come first, and chosen values that are not offered come last", () => {
    assert.strictEqual(values(chosenFirst(choices, ["3"])), "3124")
    assert.strictEqual(values(chosenFirst(choices, undefined)), "1234")
    assert.deepStrictEqual(withUnlisted(choices, ["2", "gone"]), [...choices, { value: "gone", label: "gone" }])
  })

  it("choosing all values is no choice only if the values are everything", () => {
    assert.deepStrictEqual(toggled("4", ["1", "2", "3", "4"], choices, true), ["1", "2", "3"])
    assert.isUndefined(toggled("4", ["1", "2", "3"], choices, true))
    assert.deepStrictEqual(toggled("4", ["1", "2", "3"], choices, false), ["1", "2", "3", "4"])
    assert.deepStrictEqual(toggled("4", ["4"], choices, true), [])
  })
})
