import { assert, describe, it } from "@effect/vitest"
import {
  afterOpening,
  inOwnOrder,
  type Kept,
  keptIn,
  movedBefore,
  nothingKept,
  slidesOf,
  withFavourite
} from "../../src/page/finding/Kept.ts"

const reports = [
  { id: "private", visibility: "private" },
  { id: "pipeline", visibility: "organization" },
  { id: "team", visibility: "organization" },
  { id: "people", visibility: "people" }
] as const

const orderWith = (kept: Partial<Kept>) =>
  inOwnOrder(reports, { ...nothingKept, ...kept }).map(({ id }) => id).join(" ")

describe("the reports that the page keeps for a person", () => {
  it("favourites come first, then the last opened reports, then those of the organization", () => {
    assert.strictEqual(orderWith({}), "pipeline team private people")
    assert.strictEqual(orderWith({ opened: ["people", "team"] }), "people team pipeline private")
    assert.strictEqual(orderWith({ favourites: ["team"], opened: ["people", "team"] }), "team people pipeline private")
    assert.strictEqual(orderWith({ favourites: ["gone"], opened: ["deleted"] }), "pipeline team private people")
  })

  it("a slideshow shows the favourites, or else all reports", () => {
    const slidesWith = (favourites: ReadonlyArray<string>) =>
      slidesOf(reports, { favourites, opened: ["people"] }).map(({ id }) => id).join(" ")
    assert.strictEqual(slidesWith(["team", "gone", "private"]), "team private")
    assert.strictEqual(slidesWith(["gone"]), "people pipeline team private")
  })

  it("a report that is opened again moves to the front, and at most 20 are kept", () => {
    const twice = ["a", "b", "a"].reduce(afterOpening, nothingKept)
    assert.deepStrictEqual(twice.opened, ["a", "b"])
    assert.strictEqual(afterOpening(twice, "a"), twice)
    const many = Array.from({ length: 30 }, (_, index) => `${index}`).reduce(afterOpening, nothingKept)
    assert.lengthOf(many.opened, 20)
    assert.strictEqual(many.opened[0], "29")
  })

  it("a favourite is added once, and can be removed", () => {
    const both = withFavourite(withFavourite(withFavourite(nothingKept, "a", true), "b", true), "a", true)
    assert.deepStrictEqual(both.favourites, ["b", "a"])
    assert.deepStrictEqual(withFavourite(both, "b", false).favourites, ["a"])
  })

  it("a favourite is moved directly before another one, also over favourites that are not listed", () => {
    const kept = { favourites: ["a", "deleted", "b"], opened: ["b"] }
    assert.deepStrictEqual(movedBefore(kept, "b", "a"), { favourites: ["b", "a", "deleted"], opened: ["b"] })
    for (const other of ["b", "unknown"]) assert.strictEqual(movedBefore(kept, "b", other), kept)
  })

  it.each([null, "", "no JSON", "[]", "null", "{\"favourites\":1}", "{\"opened\":[1]}"])(
    "stored text that is broken, such as %j, keeps nothing",
    (text) => {
      assert.deepStrictEqual(keptIn(text), nothingKept)
    }
  )

  it("stored text is read as it was written", () => {
    const kept = { favourites: ["a"], opened: ["b", "a"] }
    assert.deepStrictEqual(keptIn(JSON.stringify(kept)), kept)
  })
})
