import { assert, describe, it } from "@effect/vitest"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { cellText } from "../../src/presentation/cellText.ts"
import { drawing } from "../../src/presentation/drawing.ts"
import { notesOf } from "../../src/presentation/notesOf.ts"
import { tableOf } from "../../src/presentation/tableOf.ts"
import { light } from "../../src/presentation/themes.ts"
import { funnelSeries } from "../gallery/hostile.ts"
import { english } from "../support/english.ts"

const funnel = funnelSeries(["Entered", "Potential", "Client", "Unqualified"], [200, 90, 30, 12])

const size = { width: 500, height: 260 }

const barsOf = (chart: "funnel" | "bar", series: MetricSeries = funnel): ReadonlyArray<unknown> => {
  const { series: bars } = drawing(series, chart, light, size, { localization: english })
  return Array.isArray(bars) ? bars : []
}

const blue = { color: light.colors.blue }
const slate = { color: light.colors.slate }

describe("a funnel", () => {
  it("each step has a bar, and a lighter bar behind it ends at the step before", () => {
    const [values, tracks] = barsOf("funnel")
    assert.containSubset(values, {
      data: [
        { value: 200, itemStyle: blue },
        { value: 90, itemStyle: blue },
        { value: 30, itemStyle: blue },
        { value: 12, itemStyle: slate }
      ]
    })
    assert.containSubset(tracks, {
      silent: true,
      data: [
        { value: 200, label: { formatter: "200" } },
        { value: 200, label: { formatter: "90 · 45%" } },
        { value: 90, label: { formatter: "30 · 33.3%" } },
        { value: 12, label: { formatter: "12" } }
      ]
    })
  })

  it("on a card without room for a row for each step, each step has a column with its number", () => {
    for (const chart of ["funnel", "bar"] as const) {
      const { series, xAxis } = drawing(funnel, chart, light, { width: 300, height: 38 }, { localization: english })
      assert.containSubset(xAxis, { data: ["Entered", "Potential", "Client"] })
      assert.containSubset(series, [{
        data: [
          { value: 200, label: { formatter: "200" } },
          { value: 90, label: { formatter: "90 · 45%" } },
          { value: 30, label: { formatter: "30 · 33.3%" } }
        ]
      }])
    }
  })

  it("a step after a step of 0 is a step, and it has no share", () => {
    const skipped = funnelSeries(["Entered", "Potential", "Client", "Unqualified"], [10, 0, 4, 2])
    const [values] = barsOf("funnel", skipped)
    assert.containSubset(values, { data: [{}, {}, { value: 4, itemStyle: blue }, { value: 2, itemStyle: slate }] })
    const low = { width: 300, height: 38 }
    const { series, xAxis } = drawing(skipped, "funnel", light, low, { localization: english })
    assert.containSubset(xAxis, { data: ["Entered", "Potential", "Client"] })
    assert.containSubset(series, [{ data: [{ value: 10 }, { value: 0 }, { value: 4, label: { formatter: "4" } }] }])
  })

  it("on a card without room for two lines, each step has its name and its complete number in one line", () => {
    const labelsAt = (width: number) => {
      const { series, xAxis } = drawing(funnel, "funnel", light, { width, height: 27 }, { localization: english })
      assert.containSubset(xAxis, { axisLabel: { show: false } })
      return series
    }
    assert.containSubset(labelsAt(500), [{
      data: [
        { label: { formatter: "Entered 200" } },
        { label: { formatter: "Potential 90 · 45%" } },
        { label: { formatter: "Client 30 · 33.3%" } }
      ]
    }])
    const withoutShares = ["Entered 200", "Potential 90", "Client 30"]
    assert.containSubset(labelsAt(300), [{ data: withoutShares.map((formatter) => ({ label: { formatter } })) }])
    const cut = ["Ent… 200", "Pote… 90", "Client 30"]
    assert.containSubset(labelsAt(210), [{ data: cut.map((formatter) => ({ label: { formatter } })) }])
  })

  it("as bars, the points have no lighter bars", () => {
    assert.lengthOf(barsOf("bar"), 1)
  })

  it("the table has the share of the first step and of the step before, in percent", () => {
    const { columns, rows } = tableOf(funnel, english)
    assert.deepStrictEqual(columns.map(({ label }) => label), [
      "Key",
      "Label",
      "Value",
      "Of first step",
      "Of step before"
    ])
    assert.deepStrictEqual(rows.map((row) => row.slice(2)), [
      [200, null, null],
      [90, 45, 45],
      [30, 15, 33.3],
      [12, null, null]
    ])
    const textOf = cellText(funnel, english)
    assert.deepStrictEqual(rows[2]?.map((cell, index) => columns[index] && textOf(cell, columns[index])), [
      "key_2",
      "Client",
      "30",
      "15%",
      "33.3%"
    ])
  })

  it("a note says how many leads count only by their current status", () => {
    assert.deepStrictEqual(notesOf(funnel, english), [
      "Percentages of the step before",
      "50 leads count only by status now, without a status history"
    ])
  })
})
