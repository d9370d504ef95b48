import { assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { strFromU8, unzipSync } from "fflate"
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs"
import { csv } from "../../src/documents/csv.ts"
import type { Document } from "../../src/documents/Document.ts"
import { pdf } from "../../src/documents/pdf.ts"
import { picture } from "../../src/documents/picture.ts"
import { moneyFormatOf } from "../../src/documents/sheetFormats.ts"
import { xlsx } from "../../src/documents/xlsx.ts"
import type { ChartKind } from "../../src/domain/Chart.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { changeTextOf } from "../../src/presentation/changeOf.ts"
import { sentenceOf } from "../../src/presentation/sentenceOf.ts"
import { tableOf } from "../../src/presentation/tableOf.ts"
import { withFewer } from "../../src/presentation/timeseriesDrawing.ts"
import { titleOf } from "../../src/presentation/titleOf.ts"
import { categorySeries, metaOf, statSeries, timeseries } from "../gallery/hostile.ts"
import { documentWith } from "../support/documentWith.ts"
import { english } from "../support/english.ts"
import { rowsOfSheet } from "../support/sheets.ts"

const documentOf = (series: MetricSeries, chart: ChartKind) =>
  documentWith([{
    title: "Card",
    metricId: "m",
    description: "",
    chart,
    series,
    details: {},
    x: 0,
    y: 0,
    w: 12,
    h: 6
  }])

const appendixOf = async (document: Document): Promise<string> => {
  const file = await getDocument({ data: new Uint8Array(await pdf(document) ?? []), useSystemFonts: false }).promise
  const { items } = await (await file.getPage(file.numPages)).getTextContent()
  return items.map((item) => "str" in item ? item.str : "").join(" ").replaceAll(/\s+/g, " ")
}

const formatsOf = async (document: Document): Promise<ReadonlyArray<string>> => {
  const { "xl/styles.xml": styles = new Uint8Array() } = unzipSync(await xlsx(document))
  return [...strFromU8(styles).matchAll(/formatCode="([^"]*)"/g)].map(([, code = ""]) =>
    code.replaceAll("&quot;", "\"").replaceAll("&amp;", "&")
  )
}

const lineOf = (document: Document): { readonly [column: string]: string } => {
  const lines: ReadonlyArray<{ readonly [column: string]: string }> = parse(csv(document), { bom: true, columns: true })
  return lines[0] ?? {}
}

describe("a figure in all places", () => {
  it("the change of a percentage is in points in cards, words, tables, and files", async () => {
    const rate = statSeries(46.9, 65.9, -28.8, metaOf("percent"))
    const document = documentOf(rate, "stat")
    assert.include(picture(document).markup, "▼ −19 points")
    assert.include(picture(documentOf(rate, "radial")).markup, "▼ −19 points")
    assert.strictEqual(sentenceOf(rate, "Win rate", english), "Win rate: 46.9%, −19 points from 65.9%")
    const { columns, rows } = tableOf(rate, english)
    assert.deepStrictEqual(columns.map(({ label }) => label), ["Value", "Previous", "Change in points"])
    assert.deepStrictEqual(rows, [[46.9, 65.9, -19]])
    assert.include(await appendixOf(document), "46.9% 65.9% −19 points")
    assert.deepStrictEqual(rowsOfSheet(await xlsx(document), 2).slice(1), [{ A: 46.9, B: 65.9, C: -19 }])
    assert.include(await formatsOf(document), "+0.0\" points\";\"−\"0.0\" points\";\"−\"0.0\" points\"")
    const { change, change_unit: unit } = lineOf(document)
    assert.deepStrictEqual([change, unit], ["-19", "points"])
  })

  it("the change of another number is in percent, in all places with the same sign", async () => {
    const won = statSeries(1_234_567.89, 1_000_000, 23.5, metaOf("money"))
    const document = documentOf(won, "stat")
    assert.include(picture(document).markup, "▲ +23.5%")
    assert.include(picture(document).markup, "€1.2M")
    assert.strictEqual(sentenceOf(won, "Won", english), "Won: €1,234,567.89, +23.5% from €1,000,000")
    assert.include(await appendixOf(document), "€1,234,567.89 €1,000,000 +23.5%")
    assert.include(await formatsOf(document), "+0.0\"%\";\"−\"0.0\"%\";+0.0\"%\"")
    const { change, change_unit: unit, value } = lineOf(document)
    assert.deepStrictEqual([value, change, unit], ["1234567.89", "23.5", "percent"])
  })

  it.each(
    [
      [12, 12, 0, "no change"],
      [12, 0, null, "+12"],
      [0, 12, -100, "−100%"],
      [12, null, null, undefined]
    ] as const
  )("the change to %s from %s is written as %4$s", (value, previous, deltaPct, text) => {
    assert.strictEqual(changeTextOf({ value, previous, deltaPct }, metaOf(), english)?.text, text)
  })

  it.each(
    [
      [100_001, 100_000, "+0%", "+0.0\"%\""],
      [99_999, 100_000, "−0%", "\"−\"0.0\"%\""],
      [100_000, 100_000, "no change", "\"no change\""]
    ] as const
  )("a change of 0 percent to %s from %s is %s, and in an XLSX file %s", async (value, previous, text, format) => {
    const document = documentOf(statSeries(value, previous, 0), "stat")
    assert.include(await appendixOf(document), text)
    const found = (await formatsOf(document)).find((code) => code.startsWith("+0.0"))
    assert.strictEqual(found, `+0.0"%";"−"0.0"%";${format}`)
  })

  it.each([["EUR", "\"€\"#,##0.00"], ["JPY", "\"¥\"#,##0"], ["KWD", "\"KWD\"\"\u00a0\"#,##0.000"]])(
    "an XLSX file shows amounts in %s in the format %s",
    async (currency, format) => {
      assert.strictEqual(moneyFormatOf(currency), format)
      assert.include(await formatsOf(documentOf(statSeries(5, 4, 25, metaOf("money", { currency })), "stat")), format)
    }
  )

  it("a bar chart, a pie, and a time series have the same name for what has no room", () => {
    const labels = Array.from({ length: 30 }, (_, index) => `Source ${index}`)
    const categories = categorySeries(labels, (at) => 100 - at)
    const svgOf = (series: MetricSeries, chart: ChartKind) => picture(documentOf(series, chart)).markup
    const isLast = (at: number) => at === labels.length - 1
    const other = categories.shape !== "category" ? categories : {
      ...categories,
      points: categories.points.map((point, at) =>
        isLast(at) ? { ...point, category: "~other", label: "Other" } : point
      )
    }
    assert.match(svgOf(other, "bar"), />Other and \d+ more: [\d,]+</)
    assert.match(svgOf(categories, "bar"), />\d+ more: [\d,]+</)
    assert.match(svgOf(categories, "pie"), />\d+ more</)
    const grouped = timeseries(labels, 5, (at) => at)
    assert.strictEqual(withFewer(grouped, 9, english).series.at(-1)?.label, "22 more")
    assert.strictEqual(withFewer(grouped, 30, english), grouped)
    const mean = metaOf("count", { additive: false })
    assert.match(svgOf(categorySeries(labels, (at) => 100 - at, mean), "bar"), />\d+ more, not shown</)
    assert.match(svgOf(categorySeries(labels, (at) => 100 - at, mean), "pie"), />\d+ more, not shown</)
  })

  it("the group of the smallest values has no color and no name of its own beside those for which there is no room", () => {
    const labels = [...Array.from({ length: 11 }, (_, index) => `Source ${index}`), "Other"]
    const asOther = (at: number) => at === 11
    const categories = categorySeries(labels, (at) => asOther(at) ? 500 : 100 - at)
    if (categories.shape !== "category") return assert.fail()
    const points = categories.points.map((point, at) => asOther(at) ? { ...point, category: "~other" } : point)
    const pie = picture(documentOf({ ...categories, points }, "pie")).markup
    assert.match(pie, />Other and \d+ more</)
    assert.notInclude(pie, ">Other<")
    const all = picture(documentOf({ ...categories, points: points.slice(-3) }, "pie")).markup
    assert.include(all, ">Other<")
    const grouped = timeseries(labels, 5, (_, series) => asOther(series) ? 500 : 100 - series)
    const series = grouped.series.map((key, at) => asOther(at) ? { ...key, key: "~other" } : key)
    const other = grouped.series.at(-1)?.key ?? ""
    const renamed = grouped.points.map((point) => ({ ...point, "~other": point[other] ?? null }))
    const fewer = withFewer({ ...grouped, series, points: renamed }, 4, english)
    assert.deepStrictEqual(fewer.series.map(({ label }) => label), [
      "Source 0",
      "Source 1",
      "Source 2",
      "Other and 8 more"
    ])
    assert.strictEqual(withFewer({ ...grouped, series, points: renamed }, 12, english).series.at(-1)?.label, "Other")
  })

  it("a widget without a title of its own has the name of its metric, with its grouping in a time series", () => {
    const entry = {
      label: "Calls",
      shape: "timeseries",
      dimensions: [{ key: "direction", label: "Direction", values: [] }]
    } as const
    const widget = { metricId: "calls.over_time", groupBy: "direction" }
    assert.strictEqual(titleOf(widget, entry, english), "Calls by direction")
    assert.strictEqual(titleOf({ metricId: "calls.over_time" }, entry, english), "Calls")
    assert.strictEqual(titleOf({ ...widget, title: " " }, entry, english), "Calls by direction")
    assert.strictEqual(titleOf({ ...widget, title: "Own" }, entry, english), "Own")
    assert.strictEqual(titleOf(widget, undefined, english), "Over time")
  })
})
