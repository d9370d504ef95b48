import { assert, describe, it } from "@effect/vitest"
import { localizationOf } from "../../src/languages/messagesOf.ts"
import { comparedFormat, comparedNames, isUnchanged, toneOf } from "../../src/presentation/compared.ts"
import { english } from "../support/english.ts"

const window = { from: null, to: "2026-06-01", timeZone: "UTC", weekStart: 1, bucket: "month" } as const

describe("the numbers of a comparison", () => {
  it.each(
    [
      ["equal numbers", [[3, 3, 0], [null, null, null]], true],
      ["one other number", [[3, 3, 0], [3, 4, 1]], false],
      ["a number that only one side has", [[3, null, null]], false],
      ["no numbers", [], true]
    ] as const
  )("a card with %s is unchanged: %#", (_name, points, isEqual) => {
    const widget = { points: points.map(([value, other, difference]) => ({ value, other, difference })) }
    assert.strictEqual(isUnchanged(widget), isEqual)
    assert.isFalse(isUnchanged({ ...widget, incomparable: { reason: "scope" } }))
  })

  it.each(
    [
      ["count", 12, 4.8, "+12 (+4.8%)"],
      ["count", -1_234_567, -99.9, "−1,234,567 (−99.9%)"],
      ["count", 3, null, "+3"],
      ["count", 0, 0, "no change"],
      ["count", null, null, "–"],
      ["percent", -2.5, null, "−2.5 points"],
      ["minutes", 90, 50, "+1 h 30 min (+50%)"]
    ] as const
  )("of the unit %s, the difference %s and the percentage %s are “%s”", (unit, difference, percent, text) => {
    assert.strictEqual(comparedFormat({ unit }, english).change({ difference, percent }), text)
  })

  it("amounts of money have cents only below 1,000", () => {
    const { difference, full } = comparedFormat({ unit: "money", currency: "EUR" }, english)
    assert.strictEqual(difference(1_234_567.89), "+€1,234,568")
    assert.deepStrictEqual([999.99, -1_000.4, null].map(full), ["€999.99", "-€1,000", "–"])
  })

  it.each(
    [
      [3, true, "good"],
      [-3, true, "bad"],
      [3, false, "bad"],
      [-3, false, "good"],
      [0, true, ""],
      [null, true, ""],
      [3, null, ""],
      [3, undefined, ""]
    ] as const
  )("the difference %s of a number of which more is better: %s has the tone “%s”", (difference, more, tone) => {
    assert.strictEqual(toneOf({ difference }, more), tone)
  })

  it("a point has the dates of both sides if they differ, and the name of its line if there are several", () => {
    const point = { key: "2026-04-01", otherKey: "2026-05-01", series: "portal", label: "Portal" }
    const namesOf = (...points: ReadonlyArray<Parameters<ReturnType<typeof comparedNames>>[0]>) =>
      points.map(comparedNames({ meta: { window }, points }, undefined, undefined, english))
    assert.deepStrictEqual(namesOf(point, { ...point, series: "web", label: "Web" }), [
      "Apr 2026 / May 2026, Portal",
      "Apr 2026 / May 2026, Web"
    ])
    assert.deepStrictEqual(namesOf({ ...point, otherKey: "2026-04-01" }), ["Apr 2026"])
    assert.deepStrictEqual(namesOf({ ...point, otherKey: null }), ["Apr 2026"])
    assert.deepStrictEqual(namesOf({ key: "portal", label: "Portal" }), ["Portal"])
  })

  it("a difference of zero reads as no change, in the language of the reader", () => {
    assert.strictEqual(comparedFormat({ unit: "percent" }, english).difference(0), "no change")
    assert.strictEqual(comparedFormat({ unit: "count" }, localizationOf("de")).difference(0), "unverändert")
  })
})
