import { assert, describe, it } from "@effect/vitest"
import { init } from "echarts/core"
import { ChartKind } from "../../src/domain/Chart.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { drawing } from "../../src/presentation/drawing.ts"
import { compacted } from "../../src/presentation/grid.ts"
import { notesOf } from "../../src/presentation/notesOf.ts"
import { numberFormat } from "../../src/presentation/numberFormat.ts"
import { registerParts } from "../../src/presentation/parts.ts"
import { stateOf } from "../../src/presentation/stateOf.ts"
import { tableOf } from "../../src/presentation/tableOf.ts"
import { light } from "../../src/presentation/themes.ts"
import { windowLabel } from "../../src/presentation/windowLabel.ts"
import { categorySeries, hostileLabels, leaderboardSeries, metaOf, statSeries, timeseries } from "../gallery/hostile.ts"
import { english } from "../support/english.ts"

registerParts()

const svgOf = (series: MetricSeries, chart: ChartKind, theme = light, size = { width: 420, height: 240 }) => {
  const instance = init(null, null, { renderer: "svg", ssr: true, ...size })
  instance.setOption(drawing(series, chart, theme, size, { localization: english, isInteractive: false }))
  const svg = instance.renderToSVGString()
  instance.dispose()
  return svg
}

const hoursOn = (series: MetricSeries) => [...svgOf(series, "line").matchAll(/>([\d.]+ h)</g)].map(([, label]) => label)

const shapes: ReadonlyArray<readonly [string, MetricSeries]> = [
  ["timeseries", timeseries(["Leads"], 12, (at) => at)],
  ["grouped timeseries", timeseries(hostileLabels, 12, (at, series) => at + series)],
  ["category", categorySeries(hostileLabels, (at) => 9 - at)],
  ["leaderboard", leaderboardSeries(hostileLabels, (at) => 9 - at)],
  ["stat", statSeries(12, 10, 20)]
]
const pairs = shapes.flatMap(([name, series]) => ChartKind.literals.map((chart) => ({ name, series, chart })))

describe("a drawing", () => {
  it.each(pairs)("a drawing of a $name as $chart has shapes and no script element", ({ chart, series }) => {
    const svg = svgOf(series, chart)
    assert.match(svg, /<(path|circle|text)/)
    assert.notInclude(svg, "<script")
  })

  it("a drawing of two series with the same label shows both in the legend", () => {
    const svg = svgOf(timeseries(["Ana", "Ana"], 5, (at) => at), "line")
    assert.include(svg, ">Ana<")
    assert.include(svg, ">Ana (2)<")
  })

  it("a drawing of a single series shows the previous period if the series has it", () => {
    const series = timeseries(["Leads"], 5, (at) => at)
    assert.notInclude(svgOf(series, "line"), "Previous period")
    assert.include(svgOf({ ...series, previousPoints: series.points }, "line"), "Previous period")
  })

  it("the axis of several series ignores the previous period, because it is not drawn", () => {
    const series = timeseries(["Ana", "Bo"], 5, (at) => 150 * at, metaOf("minutes"))
    const { points } = timeseries(["Ana", "Bo"], 5, () => 90_000)
    assert.include(hoursOn(series), "10 h")
    assert.deepStrictEqual(hoursOn({ ...series, previousPoints: points }), hoursOn(series))
  })

  it("the axis ignores the last points of a previous period that is longer than the current period", () => {
    const series = timeseries(["Leads"], 3, (at) => 150 * at, metaOf("minutes"))
    const { points } = timeseries(["Leads"], 5, (at) => at < 3 ? 0 : 90_000)
    assert.deepStrictEqual(hoursOn({ ...series, previousPoints: points }), hoursOn(series))
  })

  it("a pie of negative or only zero values is drawn as bars", () => {
    assert.include(svgOf(categorySeries(["A", "B"], (at) => at === 0 ? -25 : 40), "pie"), ">-25<")
    assert.include(svgOf(categorySeries(["A", "B"], () => 0), "donut"), ">0<")
  })

  it("the legend of a narrow pie has no shares, and its names take their room", () => {
    const series = categorySeries(["Recommended by a partner"], () => 40)
    assert.include(svgOf(series, "pie", light, { width: 200, height: 240 }), ">Recommended by a partner<")
  })

  it("a bar chart with too many rows shows how many rows it leaves out, and their sum", () => {
    const labels = Array.from({ length: 1_000 }, (_, index) => `Tag ${index}`)
    assert.match(svgOf(categorySeries(labels, (at) => 1_000 - at), "bar"), />9\d\d more: 49\d,\d{3}</)
  })

  it.each(
    [
      ["is admin-only for the viewer", "gated", {
        ...statSeries(null, null, null),
        meta: metaOf("count", { gated: "admin_only" })
      }, "Admins only"],
      ["has no data", "empty", categorySeries([], () => 0), "No data"],
      [
        "failed",
        "failed",
        { ...statSeries(1, 1, 0), error: { code: "timeout", message: "It took too long." } },
        "No answer"
      ]
    ] as const
  )("the drawing of a widget that %s shows a text for this state", (_state, kind, series, words) => {
    assert.strictEqual(stateOf(series, english).kind, kind)
    assert.include(svgOf(series, "bar"), words)
  })
})

describe("a table", () => {
  it("the table of a timeseries has columns for bucket, value, previous value and partial buckets", () => {
    const series = timeseries(["Leads"], 2, (at) => at + 1)
    const { columns, rows } = tableOf({ ...series, previousPoints: timeseries(["Leads"], 1, () => 7).points }, english)
    assert.deepStrictEqual(columns.map(({ kind }) => kind), ["bucket", "value", "previous", "partial"])
    assert.deepStrictEqual(rows, [["2024-01-01", 1, 7, false], ["2024-01-02", 2, null, true]])
  })
  it("the table of a timeseries also has the last points of a longer previous period", () => {
    const { rows } = tableOf({
      ...timeseries(["Leads"], 1, () => 1),
      previousPoints: timeseries(["Leads"], 2, () => 7).points
    }, english)
    assert.deepStrictEqual(rows, [["2024-01-01", 1, 7, true], [null, null, 7, false]])
  })
  it("the table of a stat has a row only if the stat is not null", () => {
    assert.deepStrictEqual(tableOf(statSeries(12, 10, 20), english).rows, [[12, 10, 20]])
    assert.deepStrictEqual(tableOf({ ...statSeries(1, 1, 0), stat: null }, english).rows, [])
  })
  it("the table of a leaderboard has the rank, id and name of each person", () => {
    assert.deepStrictEqual(tableOf(leaderboardSeries(["Ana"], () => null), english).rows, [[1, "user_0", "Ana", null]])
  })
})

describe("numbers", () => {
  it.each(
    [
      ["count", 1_971, "1,971", "1,971", "1,971"],
      ["count", 12_345, "12,345", "12,345", "12.3K"],
      ["count", 1_234_567, "1,234,567", "1.2M", "1.2M"],
      ["percent", 44.5, "44.5%", "44.5%", "44.5%"],
      ["money", 146_772_984.72, "€146,772,984.72", "€146.8M", "€146.8M"],
      ["money", 85_234.5, "€85,234.50", "€85,235", "€85.2K"],
      ["money", 99.5, "€99.50", "€99.50", "€99.50"],
      ["days", 1, "1 day", "1 day", "1 d"],
      ["minutes", 1_274.8, "21 h 15 min", "21 h 15 min", "21.2 h"],
      ["seconds", 45.5, "45.5 s", "45.5 s", "45.5 s"]
    ] as const
  )("in the unit %s, %d is written as %j, on a card as %j, and on an axis as %j", (unit, value, full, card, axis) => {
    const format = numberFormat({ unit, ...(unit === "money" && { currency: "EUR" }) }, english)
    assert.deepStrictEqual([format.full(value), format.card(value), format.axis(value)], [full, card, axis])
  })
  it("a missing number is written as a dash", () => {
    assert.strictEqual(numberFormat({ unit: "count" }, english).full(null), "–")
  })
  it.each(
    [
      ["percent", -5.5, "−5.5 points"],
      ["percent", -1, "−1 point"],
      ["days", 1, "+1 day"],
      ["days", -2, "−2 days"]
    ] as const
  )("in the unit %s, a difference of %d is written as %j", (unit, value, text) => {
    assert.strictEqual(numberFormat({ unit }, english).difference(value), text)
  })
})

describe("notes of a series", () => {
  it("the notes of a series list excluded currencies, the number of people not shown, and partial buckets", () => {
    const meta = metaOf("money", { excluded: [{ currency: "GBP", count: 2, total: 1_500 }], truncated: 1 })
    const notes = notesOf(timeseries(["Won"], 3, (at) => at, meta), english)
    assert.deepStrictEqual(notes, ["Without 2 deals in GBP (£1,500)", "1 person not shown", "Lighter: part of a day"])
  })

  it("the first note of a series names the filters that its metric does not have", () => {
    const meta = metaOf("count", { filters: { applied: {}, ignored: ["source", "tag"] } })
    assert.deepStrictEqual(notesOf(statSeries(12, 10, 20, meta), english), ["Not filtered by source, tag"])
  })

  it("the label of a window has its first and last day in the time zone of the window, if the browser knows it", () => {
    const window = { ...metaOf().window, timeZone: "Europe/Madrid", weekStart: 1, bucket: "day" } as const
    const label = windowLabel({ ...window, from: "2026-04-30T22:00:00.000Z", to: "2026-05-31T22:00:00.000Z" }, english)
    assert.strictEqual(label, "May 1, 2026 – May 31, 2026")
    assert.strictEqual(windowLabel(undefined, english), "Now")
    const noon = { ...window, timeZone: "Atlantis/Poseidonis", from: null, to: "2026-05-15T12:00:00.000Z" }
    assert.match(windowLabel(noon, english), /^Until May 1\d, 2026$/)
  })
})

describe("a grid", () => {
  it("cards with impossible positions and sizes are moved into 12 columns without overlap or gaps above them", () => {
    const wild = [
      { x: 0, y: 1e9, w: 4, h: 3 },
      { x: -3, y: -7, w: 99, h: 2 },
      { x: 11.6, y: 0, w: 4, h: Number.MAX_VALUE },
      { x: 0, y: 5, w: 0, h: 0 }
    ]
    assert.deepStrictEqual(compacted(wild), [
      { x: 0, y: 0, w: 12, h: 2 },
      { x: 0, y: 2, w: 1, h: 2 },
      { x: 8, y: 2, w: 4, h: 24 },
      { x: 0, y: 4, w: 4, h: 3 }
    ])
  })
})
