import { assert, describe, it } from "@effect/vitest"
import { itemsOf, moved, placedAt } from "../../src/page/grid/arrange.ts"
import { anyWidgets, widgetsOf } from "./support/placed.ts"

describe("the places of cards", () => {
  /** Cards 0 to 3 are in the first row, 4 and 5 in the second one, and 6 and 7 in the third one. */
  const rows = widgetsOf([
    ...[0, 3, 6, 9].map((x) => ({ x, y: 0, w: 3, h: 3 })),
    ...[0, 6].map((x) => ({ x, y: 3, w: 6, h: 7 })),
    { x: 0, y: 10, w: 4, h: 7 },
    { x: 4, y: 10, w: 8, h: 7 }
  ])

  it.each(
    [
      ["card0", "right", { card0: [3, 0], card1: [0, 0] }],
      ["card3", "left", { card3: [6, 0], card2: [9, 0] }],
      ["card6", "right", { card6: [8, 10], card7: [0, 10] }],
      ["card4", "up", { card4: [0, 0], card0: [0, 7], card1: [3, 7] }],
      ["card3", "down", { card3: [9, 7], card2: [6, 7], card5: [6, 0] }],
      ["card0", "left", {}],
      ["card3", "right", {}],
      ["card0", "up", {}],
      ["card7", "down", {}]
    ] as const
  )("%s goes %s, and leaves no hole", (id, step, wanted) => {
    const next = moved(rows, id, step)
    const changed = next.filter((one, at) => one !== rows[at]).map(({ instanceId, x, y }) => [instanceId, [x, y]])
    assert.deepStrictEqual(Object.fromEntries(changed), wanted)
  })

  it("a card goes through free room column by column", () => {
    const widgets = widgetsOf([0, 6].map((x) => ({ x, y: 0, w: 4, h: 3 })))
    assert.deepStrictEqual(moved(widgets, "card0", "right").map(({ x }) => x), [1, 6])
    assert.deepStrictEqual(moved(widgets, "card1", "left").map(({ x }) => x), [0, 5])
  })

  it("a card stays with all others if it would not stay at its exchanged place", () => {
    const widgets = widgetsOf([
      { x: 9, y: 13, w: 3, h: 2 },
      { x: 1, y: 10, w: 11, h: 3 },
      { x: 0, y: 0, w: 12, h: 5 },
      { x: 2, y: 5, w: 6, h: 5 }
    ])
    assert.deepStrictEqual(widgets.map(({ y }) => y), [13, 10, 0, 5])
    assert.deepStrictEqual(moved(widgets, "card1", "down"), widgets)
  })

  it("a card goes with its key or nothing moves, whatever the sizes are, and no cards overlap", () => {
    const steps = [["left", "x", -1], ["right", "x", 1], ["up", "y", -1], ["down", "y", 1]] as const
    for (let seed = 0; seed < 300; seed++) {
      const widgets = anyWidgets(seed)
      for (const [step, axis, sign] of steps) {
        const next = moved(widgets, "card1", step)
        assert.deepStrictEqual(placedAt(next, itemsOf(next)), next)
        const far = (next[1]?.[axis] ?? 0) - (widgets[1]?.[axis] ?? 0)
        if (far * sign <= 0) assert.deepStrictEqual(next, widgets, `seed ${seed}, ${step}`)
      }
    }
  })
})
