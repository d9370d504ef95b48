import { assert, describe, it } from "@effect/vitest"
import { strFromU8, unzipSync } from "fflate"
import { xlsx } from "../../src/documents/xlsx.ts"
import { flowed } from "../../src/presentation/grid.ts"
import { stateOf } from "../../src/presentation/stateOf.ts"
import { light } from "../../src/presentation/themes.ts"
import { type Sized, stateCards } from "../gallery/edges.ts"
import { categorySeries, funnelSeries, leaderboardSeries, metaOf, statSeries, timeseries } from "../gallery/hostile.ts"
import { documentWith } from "../support/documentWith.ts"
import { english } from "../support/english.ts"
import { chartOfSheet } from "../support/sheetCharts.ts"
import { rowsOfSheet } from "../support/sheets.ts"

const card = (
  title: string,
  chart: Sized["chart"],
  series: Sized["series"],
  details: Sized["details"] = {}
): Sized => ({
  title,
  metricId: "leads.total",
  description: "",
  chart,
  series,
  details,
  w: 6,
  h: 4
})

const documentOf = (cards: ReadonlyArray<Sized>) =>
  documentWith(cards.map((one, index) => ({ ...one, x: 0, y: 0, ...flowed(cards)[index] })), {
    title: "R&D's report",
    timeZone: "Europe/Madrid"
  })

const parts = ["Portal & <web>", "Phone", "Mail"]

const cards = [
  card(
    "O'Brien's \"value\" & <more>",
    "area",
    timeseries(["Won"], 12, (at) => at === 3 ? null : at * 10.5, metaOf("money"))
  ),
  card("Lines", "line", timeseries(parts, 20, (at, series) => at * series - 4)),
  card("Bars", "bar", timeseries(parts, 20, (at, series) => at + series)),
  card("Donut", "donut", categorySeries(parts, (at) => at * 10 + 5), { colors: { key_1: "red" } }),
  card("Pie", "pie", categorySeries(parts, (at) => at + 1)),
  card("Not a pie", "pie", categorySeries(parts, (at) => at - 1)),
  card("Ranking", "leaderboard", leaderboardSeries(parts, (at) => 40 - at)),
  card("Funnel", "funnel", funnelSeries(parts, [200, 90, 30]))
]

const sheetXml = (file: Uint8Array, sheet: number) =>
  strFromU8(unzipSync(file)[`xl/worksheets/sheet${sheet}.xml`] ?? new Uint8Array())

describe("the charts of an XLSX file", () => {
  it("each sheet has a chart of the kind of its card, and pies with negative values are bars", async () => {
    const file = await xlsx(documentOf(cards))
    const charts = cards.map((_, index) => chartOfSheet(file, index + 2))
    assert.deepStrictEqual(charts.map((chart) => chart?.kind), [
      "area",
      "line",
      "bar",
      "doughnut",
      "pie",
      "bar",
      "bar",
      "bar"
    ])
    assert.deepStrictEqual(charts.map((chart) => chart?.title), cards.map(({ title }) => title))
    assert.strictEqual(charts[3]?.colors[1], light.colors.red.slice(1))
  })

  it("a chart refers to the names, labels and values of its own sheet, and has the same values without computing", async () => {
    const file = await xlsx(documentOf(cards))
    for (const [index, { series, title }] of cards.entries()) {
      const chart = chartOfSheet(file, index + 2)
      const [head = {}, ...rows] = rowsOfSheet(file, index + 2)
      const first = series.shape === "timeseries" ? 1 : Object.values(head).indexOf("Value")
      const columns = Object.keys(head).slice(first, first + series.series.length)
      assert.deepStrictEqual(
        chart?.values.map(({ cells }) => cells),
        columns.map((key) => rows.map((row) => row[key])),
        title
      )
      assert.deepStrictEqual(chart?.names.map(({ cells }) => cells), columns.map((key) => [head[key]]), title)
      const labels = series.shape === "timeseries" ? "A" : Object.keys(head)[first - 1] ?? ""
      for (const { cells } of chart?.labels ?? []) {
        assert.deepStrictEqual(cells, rows.map((row) => row[labels]), title)
      }
      const firstLabels = chart?.labels.slice(0, 1) ?? []
      for (const { cached, cells } of [...chart?.values ?? [], ...chart?.names ?? [], ...firstLabels]) {
        assert.deepStrictEqual(cached, cells, title)
      }
    }
  })

  it("a number of its own, and a card without numbers, have no chart", async () => {
    const withoutNumbers = stateCards.filter(({ series }) => stateOf(series, english).kind !== "filled")
    const all = [card("Number", "stat", statSeries(1, 0, 0)), ...withoutNumbers]
    const file = await xlsx(documentOf(all))
    assert.deepStrictEqual(all.flatMap((_, index) => chartOfSheet(file, index + 2) ?? []), [])
  })

  it("the columns of a chart have letters after Z", async () => {
    const names = Array.from({ length: 30 }, (_, at) => `Group ${at}`)
    const file = await xlsx(documentOf([card("Many", "line", timeseries(names, 2, (at, series) => at + series))]))
    const chart = chartOfSheet(file, 2)
    assert.deepStrictEqual(chart?.names.flatMap(({ cells }) => cells), names)
    assert.deepStrictEqual(chart?.values.at(-1)?.cells, [29, 30])
  })
})

describe("a printed XLSX file", () => {
  it("each sheet is one page wide, has its first row on each page, and a footer", async () => {
    const file = await xlsx(documentOf(cards))
    for (const [index] of [...cards, "about"].entries()) {
      const xml = sheetXml(file, index + 1)
      assert.include(xml, "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>")
      assert.include(xml, "orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"")
      assert.include(xml, "&amp;LR&amp;&amp;D&apos;s report  ·  Records of 10 people")
      assert.isBelow(/<oddFooter>(.*)<\/oddFooter>/.exec(xml)?.[1]?.replaceAll(/&\w+;/g, "&").length ?? 256, 256)
    }
    const workbook = strFromU8(unzipSync(file)["xl/workbook.xml"] ?? new Uint8Array())
    assert.strictEqual(workbook.split("_xlnm.Print_Titles").length - 1, cards.length)
    assert.include(workbook, "localSheetId=\"3\">&apos;Bars&apos;!$1:$1</definedName>")
  })

  it("the chart of a wide table is on a page of its own, below the table", async () => {
    const wide = Array.from({ length: 9 }, (_, at) => `Group ${at}`)
    const file = await xlsx(documentOf([card("Wide", "line", timeseries(wide, 5, (at) => at)), ...cards]))
    assert.include(sheetXml(file, 2), "<brk id=\"6\" max=\"16383\" man=\"1\"/>")
    const [drawing = "", other = ""] = [2, 3].map((sheet) =>
      strFromU8(unzipSync(file)[`xl/drawings/drawing${sheet}.xml`] ?? new Uint8Array())
    )
    assert.match(drawing, /<xdr:from><xdr:col>0<\/xdr:col>.*?<xdr:row>6<\/xdr:row>/)
    assert.match(other, /<xdr:from><xdr:col>3<\/xdr:col>.*?<xdr:row>1<\/xdr:row>/)
    assert.notInclude(sheetXml(file, 3), "rowBreaks")
  })

  it("the sheet about the file says each card in words", async () => {
    const file = await xlsx(documentOf([card("Rate", "stat", statSeries(46.9, 65.9, -28.8, metaOf("percent")))]))
    const rows = rowsOfSheet(file)
    assert.deepStrictEqual(rows.find(({ A }) => A === "As of")?.["B"], "Nov 20, 2026, 13:00 GMT+1")
    assert.strictEqual(rows.find(({ A }) => A === "Rate")?.["J"], "Rate: 46.9%, −19 points from 65.9%")
  })
})
