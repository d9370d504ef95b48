import { assert, describe, it } from "@effect/vitest"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { compacted, placesOf } from "../../src/presentation/grid.ts"
import { headNotes, notesOf } from "../../src/presentation/notesOf.ts"
import { stateOf } from "../../src/presentation/stateOf.ts"
import { categorySeries, metaOf, statSeries, timeseries } from "../gallery/hostile.ts"
import { english } from "../support/english.ts"

describe("places of widgets", () => {
  it("a card goes up until another card stops it, and not over that card into free room", () => {
    const cards = [{ x: 0, y: 0, w: 6, h: 2 }, { x: 0, y: 3, w: 12, h: 3 }, { x: 6, y: 9, w: 6, h: 2 }]
    assert.deepStrictEqual(compacted(cards).map(({ y }) => y), [0, 2, 5])
  })

  const sizeOf = () => ({ w: 6, h: 5 })

  it("widgets without a position follow below the others in rows, and a size of their own is kept", () => {
    const widgets = [{}, { x: 3, y: 0, w: 4, h: 2 }, { w: 3 }, { x: 0, y: 2, w: null, h: null }, {
      x: null,
      y: 9,
      h: 2
    }]
    assert.deepStrictEqual(placesOf(widgets, sizeOf), [
      { x: 0, y: 7, w: 6, h: 5 },
      { x: 3, y: 0, w: 4, h: 2 },
      { x: 6, y: 7, w: 3, h: 5 },
      { x: 0, y: 2, w: 6, h: 5 },
      { x: 0, y: 12, w: 6, h: 2 }
    ])
  })

  it("widgets of which none has a position start at the top", () => {
    assert.deepStrictEqual(placesOf([{}, {}, {}], sizeOf).map(({ x, y }) => [x, y]), [[0, 0], [6, 0], [0, 5]])
  })
})

describe("the reason why a card is empty", () => {
  it.each(
    [
      ["without any person", {}, "Nobody is selected whose records could be counted."],
      ["with the rows of no member", { nobody: true }, "There are no records in this timeframe."]
    ] as const
  )("is in words, %s", (_name, more, text) => {
    const meta = metaOf("count", { scope: { kind: "members", members: 0, ...more } })
    assert.deepInclude(stateOf(categorySeries([], () => 0, meta), english), { kind: "empty", text })
  })
})

describe("notes about filters", () => {
  const noted = (filters: MetricSeries["meta"]["filters"]) =>
    notesOf(statSeries(0, 0, 0, metaOf("count", { filters })), english)

  it("a series whose filters are not valid says that nothing is counted", () => {
    assert.deepStrictEqual(noted({ applied: {}, ignored: [], invalid: true }), [
      "Nothing counted: the filters are not valid"
    ])
  })

  it("a series whose filter has no valid value says that nothing is counted, and names the filter", () => {
    assert.deepStrictEqual(noted({ applied: { source: [], status: ["lead"] }, ignored: ["tag"] }), [
      "Nothing counted: no valid value for source",
      "Not filtered by tag"
    ])
  })
})

describe("notes of one card", () => {
  const meta = metaOf("money", {
    currency: "EUR",
    excluded: [{ currency: "GBP", count: 2, total: 500 }],
    filters: { applied: {}, ignored: ["source"] }
  })

  it("a filter that does not apply and another currency are the first two notes", () => {
    assert.deepStrictEqual(notesOf(statSeries(70, null, null, meta), english), [
      "Not filtered by source",
      "Without 2 deals in GBP (£500)"
    ])
  })

  it("numbers that could not be counted again say so first, without a time, because only their last change is known", () => {
    assert.deepStrictEqual(notesOf({ ...statSeries(70, null, null, meta), isOld: true }, english).slice(0, 2), [
      "Older numbers – could not be counted now",
      "Not filtered by source"
    ])
  })
})

describe("notes in the head of a card", () => {
  const window = {
    from: "2024-01-01T00:00:00Z",
    to: "2024-01-04T00:00:00Z",
    timeZone: "UTC",
    weekStart: 1,
    bucket: "day"
  } as const
  const previousWindow = { from: "2023-12-29T00:00:00Z", to: "2024-01-01T00:00:00Z" }
  const filters = { applied: { tag: ["a"] }, ignored: ["source"] }
  const excluded = [{ currency: "GBP", count: 2, total: 500 }]
  const meta = metaOf("money", { currency: "EUR", filters, excluded, window, previousWindow })

  it("the notes of lighter and dashed parts of the drawing stay beside the most important note", () => {
    const series = timeseries(["Value"], 3, () => 1, meta)
    const [first, partial, dashed, ...more] = headNotes({ ...series, previousPoints: series.points }, english)
    assert.deepStrictEqual([first, partial, more], ["Not filtered by source", "Lighter: part of a day", []])
    assert.match(String(dashed), /^Dashed: previous period, Dec 29/)
    const plain = { ...series, meta: { ...meta, filters: { applied: {}, ignored: [] }, excluded: [] } }
    assert.deepStrictEqual(headNotes(plain, english), ["Lighter: part of a day"])
  })

  it("a note that explains no drawing is left out beside another one", () => {
    assert.deepStrictEqual(headNotes(statSeries(70, null, null, meta), english), ["Not filtered by source"])
  })
})

describe("notes about a forecast", () => {
  it("a series names its overdue deals, and the deals without a date or a weight", () => {
    const meta = metaOf("money", {
      currency: "EUR",
      deals: 1,
      withoutDate: { count: 2, total: 1_200 },
      withoutWeight: [{ stage: "offer", label: "Offer", count: 3, total: 40 }]
    })
    assert.deepStrictEqual(notesOf(statSeries(70, null, null, meta), english), [
      "1 overdue deal",
      "2 deals have no date (€1,200)",
      "Without 3 deals in Offer, because it has no weight (€40)"
    ])
  })

  it("a series without such deals has no note", () => {
    const meta = metaOf("money", { withoutDate: { count: 0, total: 0 }, withoutWeight: [] })
    assert.deepStrictEqual(notesOf(statSeries(70, null, null, meta), english), [])
  })
})
