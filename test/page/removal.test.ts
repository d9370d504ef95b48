import { assert, describe, it } from "@effect/vitest"
import { type Draft, withRemoved } from "../../src/page/builder/Draft.ts"
import { itemsOf, moved, placedAt, removed, resized } from "../../src/page/grid/arrange.ts"
import { anyWidgets, widgetsOf } from "./support/placed.ts"

describe("the places of the other cards", () => {
  /** Cards 0 to 3 are in the first row, 4 and 5 in the second one, and 6 and 7 in the third one. */
  const rows = widgetsOf([
    ...[0, 3, 6, 9].map((x) => ({ x, y: 0, w: 3, h: 3 })),
    ...[0, 6].map((x) => ({ x, y: 3, w: 6, h: 7 })),
    { x: 0, y: 10, w: 4, h: 7 },
    { x: 4, y: 10, w: 8, h: 7 }
  ])

  /** Returns the places and widths of the cards that change. */
  const changedBy = (widgets: typeof rows, id: string) => {
    const changed = removed(widgets, id).filter((one) => !widgets.includes(one))
    return Object.fromEntries(changed.map(({ instanceId, w, x, y }) => [instanceId, [x, y, w]]))
  }
  const equal = (w: number, h: number, y: number) => Array.from({ length: 12 / w }, (_, at) => ({ x: at * w, y, w, h }))

  it.each(
    [
      ["the first card of four", rows, "card0", { card1: [0, 0, 4], card2: [4, 0, 4], card3: [8, 0, 4] }],
      ["a card of four", rows, "card2", { card0: [0, 0, 4], card1: [4, 0, 4], card3: [8, 0, 4] }],
      ["a card of two", rows, "card4", { card5: [0, 3, 12] }],
      ["the smaller card of the last row", rows, "card6", { card7: [0, 10, 12] }],
      ["a card of six", widgetsOf(equal(2, 3, 0)), "card5", {
        card1: [2, 0, 3],
        card2: [5, 0, 2],
        card3: [7, 0, 3],
        card4: [10, 0, 2]
      }],
      ["a row", widgetsOf([...equal(12, 3, 0), ...equal(6, 7, 3)]), "card0", { card1: [0, 0, 6], card2: [6, 0, 6] }],
      ["a card above a single card", widgetsOf([...equal(6, 7, 0), { x: 0, y: 7, w: 6, h: 7 }]), "card0", {
        card2: [0, 0, 6]
      }],
      ["a card above a wider card", widgetsOf([{ x: 0, y: 0, w: 3, h: 3 }, ...equal(12, 7, 3)]), "card0", {
        card1: [0, 0, 12]
      }],
      ["a card beside a higher card", widgetsOf([...equal(3, 3, 0).slice(2), { x: 0, y: 0, w: 6, h: 6 }]), "card0", {
        card1: [6, 0, 6]
      }],
      ["the last card", widgetsOf(equal(12, 3, 0)), "card0", {}]
    ] as const
  )("without %s, the cards below go up, or the cards of the row become wider", (_, widgets, id, wanted) => {
    assert.deepStrictEqual(changedBy(widgets, id), wanted)
  })

  it("without a card, no other card goes down or becomes narrower, and none overlap, whatever the sizes are", () => {
    for (let seed = 0; seed < 60; seed++) {
      const widgets = anyWidgets(seed)
      for (const { instanceId } of widgets) {
        const next = removed(widgets, instanceId)
        assert.deepStrictEqual(placedAt(next, itemsOf(next)), next, `seed ${seed}: no cards overlap`)
        assert.strictEqual(next.length, widgets.length - 1)
        for (const { h, instanceId: id, w, y } of next) {
          const before = widgets.find((one) => one.instanceId === id) ?? assert.fail("It was not there.")
          assert.strictEqual(h, before.h)
          assert.isAtLeast(w ?? 0, before.w ?? 0, `seed ${seed}: ${id}`)
          assert.isAtMost(y ?? 0, before.y ?? 0, `seed ${seed}: ${id}`)
        }
      }
    }
  })
})

describe("a removed card", () => {
  const widgets = ["a", "b", "c", "d"].map((instanceId, at) => (
    { instanceId, metricId: "leads.total", chart: "stat", x: at * 3, y: 0, w: 3, h: 3 }
  ))
  const withCards = (cards: Draft["layout"]["widgets"]): Draft => ({
    title: "Leads",
    description: null,
    visibility: "private",
    people: [],
    defaultTimeframe: { preset: "last_30d", bucket: "day" },
    defaultFilters: null,
    defaultPeople: null,
    layout: { widgets: cards }
  })

  it("a removed card comes back once, and all cards have their places again", () => {
    const unplaced = widgets.map(({ chart, instanceId, metricId }) => ({ instanceId, metricId, chart }))
    for (const before of [widgets, unplaced]) {
      for (const card of before) {
        const after = removed(before, card.instanceId)
        assert.deepStrictEqual(withRemoved(withCards(after), card, { before, after }), withCards(before))
        assert.deepStrictEqual(withRemoved(withCards(before), card, { before, after }), withCards(before))
      }
    }
  })

  it("a removed card comes back to its place in a report that was saved and read again", () => {
    for (const card of widgets) {
      const after = removed(widgets, card.instanceId)
      const read = withCards(structuredClone(after))
      assert.deepStrictEqual(withRemoved(read, card, { before: widgets, after }), withCards(widgets))
    }
  })

  it("a removed card comes back beside a card that is higher now, and its row has its widths again", () => {
    const after = removed(widgets, "b")
    const [, b = assert.fail("No cards.")] = widgets
    const back = withRemoved(withCards(resized(after, "c", "down")), b, { before: widgets, after })
    assert.deepStrictEqual(itemsOf(back.layout.widgets).map(({ h, i, w, x, y }) => [i, x, y, w, h]), [
      ["a", 0, 0, 3, 3],
      ["b", 3, 0, 3, 3],
      ["c", 6, 0, 3, 4],
      ["d", 9, 0, 3, 3]
    ])
  })

  it("a removed card comes back after a move of another card, which keeps its columns, and none overlap", () => {
    const after = removed(widgets, "b")
    const [, b = assert.fail("No cards.")] = widgets
    const back = withRemoved(withCards(moved(after, "c", "right")), b, { before: widgets, after })
    assert.deepStrictEqual(itemsOf(back.layout.widgets).map(({ i, w, x, y }) => [i, x, y, w]), [
      ["a", 0, 0, 3],
      ["b", 3, 0, 3],
      ["c", 8, 0, 4],
      ["d", 4, 3, 4]
    ])
    for (let seed = 0; seed < 60; seed++) {
      const before = anyWidgets(seed)
      const [card, other = assert.fail("No cards.")] = before
      if (card === undefined) return assert.fail("No cards.")
      const after = removed(before, card.instanceId)
      for (const step of ["left", "right", "up", "down"] as const) {
        for (const change of [moved, resized]) {
          const now = change(after, other.instanceId, step)
          const { layout: { widgets } } = withRemoved(withCards(now), card, { before, after })
          assert.deepStrictEqual(placedAt(widgets, itemsOf(widgets)), widgets, `seed ${seed}: no cards overlap`)
          assert.deepStrictEqual(
            widgets.map(({ instanceId }) => instanceId),
            before.map(({ instanceId }) => instanceId)
          )
        }
      }
    }
  })
})
