import { assert, describe, it } from "@effect/vitest"
import { stopsOf } from "../../src/page/finding/stops.ts"

/** Rows of cards with these heights, below a head of 100 pixels. */
const rowsOf = (...heights: ReadonlyArray<number>) =>
  heights.map((height, at) => {
    const top = heights.slice(0, at).reduce((sum, one) => sum + one, 100)
    return { top, bottom: top + height }
  })

describe("the places to which a slide scrolls", () => {
  it.each([
    ["cards that fit into the screen", rowsOf(400, 500), [0]],
    ["a report without cards", [], [0]],
    ["a row that does not fit below the others", rowsOf(400, 500, 300), [0, 900]],
    ["a row that is cut at the end of the screen", rowsOf(400, 600, 300), [0, 400]],
    ["three screens", rowsOf(600, 600, 600), [0, 600, 1_200]],
    ["a card that is higher than the screen", rowsOf(300, 2_000), [0, 300, 1_200, 2_100]]
  ])("%s", (_name, cards, stops) => {
    assert.deepStrictEqual(stopsOf(cards, 100, 1_000), stops)
  })

  it("each card that fits into a screen is seen whole at one of the places", () => {
    const [head, height] = [100, 700]
    const cards = rowsOf(148, 330, 330, 290, 600, 52, 430).flatMap(({ bottom, top }) => [
      { top, bottom },
      { top, bottom: bottom - 30 }
    ])
    const stops = stopsOf(cards, head, height)
    for (const { bottom, top } of cards) {
      assert.isTrue(stops.some((stop) => top - stop >= head && bottom - stop <= height), `${top} to ${bottom}`)
    }
  })

  it("below a head that fills the screen, nothing scrolls", () => {
    assert.deepStrictEqual(stopsOf(rowsOf(5_000), 700, 700), [0])
  })
})
