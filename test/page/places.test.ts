import { assert, describe, it } from "@effect/vitest"
import { random, seedOf } from "../../src/data/Random.ts"
import { itemsOf, moved, placedAt } from "../../src/page/grid/arrange.ts"
import { arrangementsOf, dropped } from "../../src/page/grid/arrangements.ts"
import { compacted } from "../../src/presentation/grid.ts"
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

  /** Returns the places of the cards that another place. */
  const droppedAt = (widgets: typeof rows, id: string, x: number, y: number) => {
    const before = itemsOf(widgets)
    const next = dropped(before, id, { x, y })
    const changed = next.filter((one, at) => one.x !== before[at]?.x || one.y !== before[at]?.y)
    return Object.fromEntries(changed.map((one) => [one.i, [one.x, one.y]]))
  }

  it.each(
    [
      ["onto a card of equal size", "card0", 3, 0, { card0: [3, 0], card1: [0, 0] }],
      ["onto a card of equal size that is not beside it", "card0", 6, 1, { card0: [6, 0], card2: [0, 0] }],
      ["between two cards, nearer to the first one", "card0", 4, 0, { card0: [3, 0], card1: [0, 0] }],
      ["between two cards, nearer to the second one", "card0", 5, 0, { card0: [6, 0], card2: [0, 0] }],
      ["near to its place", "card0", 1, 1, {}],
      ["onto a smaller card", "card7", 0, 10, { card7: [0, 10], card6: [8, 10] }],
      ["onto a larger card", "card3", 9, 5, { card3: [9, 7], card2: [6, 7], card5: [6, 0] }],
      ["onto smaller cards of another row", "card4", 1, 1, { card4: [0, 0], card0: [0, 7], card1: [3, 7] }],
      ["below all cards", "card0", 0, 40, { card0: [0, 17] }]
    ] as const
  )("a card that is dropped %s leaves no other hole", (_, id, x, y, wanted) => {
    assert.deepStrictEqual(droppedAt(rows, id, x, y), wanted)
  })

  it("a row changes places with a row that is divided otherwise, by a drop and by a key", () => {
    const widgets = widgetsOf([
      ...[0, 3, 6, 9].map((x) => ({ x, y: 0, w: 3, h: 4 })),
      { x: 0, y: 4, w: 7, h: 7 },
      { x: 7, y: 4, w: 5, h: 7 }
    ])
    const wanted = [[0, 7], [3, 7], [6, 7], [9, 7], [0, 0], [7, 0]]
    assert.deepStrictEqual(moved(widgets, "card2", "down").map(({ x, y }) => [x, y]), wanted)
    assert.deepStrictEqual(dropped(itemsOf(widgets), "card2", { x: 6, y: 6 }).map(({ x, y }) => [x, y]), wanted)
  })

  it("a card that is dropped in free room goes to an edge that is one column away", () => {
    const widgets = widgetsOf([0, 3].map((x) => ({ x, y: 0, w: 3, h: 3 })))
    assert.deepStrictEqual(droppedAt(widgets, "card0", 7, 0), { card0: [6, 0] })
    assert.deepStrictEqual(droppedAt(widgets, "card1", 7, 0), { card1: [7, 0] })
    assert.deepStrictEqual(droppedAt(widgets, "card1", 8, 0), { card1: [9, 0] })
  })

  it("no cards overlap after a drop, whatever the sizes are", () => {
    for (let seed = 0; seed < 100; seed++) {
      const items = itemsOf(anyWidgets(seed))
      const rooms = items.flatMap(({ h, w }) => [w * h]).reduce((sum, room) => sum + room, 0)
      const [card] = items
      for (const next of card === undefined ? [] : arrangementsOf(items, card)) {
        const cells = next.flatMap(({ h, w, x, y }) =>
          Array.from({ length: w * h }, (_, at) => `${x + at % w} ${y + Math.floor(at / w)}`)
        )
        assert.strictEqual(new Set(cells).size, rooms, `seed ${seed}: no cards overlap`)
      }
    }
  })

  it("files have the cards at the places of the page, whatever the places are, and no cards overlap", () => {
    for (let seed = 0; seed < 300; seed++) {
      const { integer } = random(seedOf(seed))
      const widgets = Array.from({ length: integer(2, 12) }, (_, at) => ({
        instanceId: `card${at}`,
        metricId: "leads.total",
        chart: "stat" as const,
        x: integer(0, 12),
        y: integer(0, 30),
        w: integer(2, 13),
        h: integer(2, 9)
      }))
      const onPage = itemsOf(widgets).toSorted((a, b) => a.y - b.y || a.x - b.x)
      const inFiles = compacted(widgets)
      assert.deepStrictEqual(
        inFiles.map(({ h, instanceId, w, x, y }) => [instanceId, x, y, w, h]),
        onPage.map(({ h, i, w, x, y }) => [i, x, y, w, h]),
        `seed ${seed}`
      )
      const cells = inFiles.flatMap(({ h, w, x, y }) =>
        Array.from({ length: w * h }, (_, at) => `${x + at % w} ${y + Math.floor(at / w)}`)
      )
      assert.strictEqual(new Set(cells).size, cells.length, `seed ${seed}: no cards overlap`)
    }
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
