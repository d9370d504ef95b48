import { assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { comparisonCsv, comparisonTables } from "../../src/documents/comparison.ts"
import type { ComparisonDocument } from "../../src/documents/ComparisonDocument.ts"
import { cellsOf, isSmall } from "../../src/documents/cost.ts"
import type { ComparedPoint, ComparedWidget } from "../../src/domain/Comparison.ts"
import { metaOf } from "../gallery/hostile.ts"

const point = { key: "", label: "Won value", value: 200, other: 150, difference: -50, percent: -25 }

const widgetOf = (points: ReadonlyArray<ComparedPoint>): ComparedWidget => ({
  instanceId: "won",
  metricId: "deals.won_value",
  points,
  meta: { ...metaOf("money"), currency: "EUR" }
})

const documentOf = (widget: ComparedWidget, locale = "en"): ComparisonDocument => ({
  title: "Sales",
  scope: "the whole organization",
  timeZone: "UTC",
  locale,
  createdAt: "2026-10-10T12:00:00.000Z",
  asOf: "2026-11-20T12:00:00.000Z",
  isWithNow: true,
  cards: [{ title: "=Won", widget, names: widget.points.map(({ label }) => label) }]
})

const linesOf = (document: ComparisonDocument): ReadonlyArray<Readonly<Record<string, string>>> =>
  parse(comparisonCsv(document), { bom: true, columns: true })

describe("the file of a comparison", () => {
  it("in CSV, a row has both plain numbers, their difference, and the percentage", () => {
    assert.deepStrictEqual(linesOf(documentOf(widgetOf([point]))), [{
      widget: "won",
      title: "'=Won",
      metric: "deals.won_value",
      series: "",
      label: "Won value",
      bucket_or_category: "",
      other_bucket: "",
      value: "200",
      other: "150",
      difference: "-50",
      percent: "-25",
      unit: "money",
      currency: "EUR",
      partial: "",
      note: ""
    }])
  })

  it("in PDF, the numbers have their units, and a difference of zero reads as no change", () => {
    const same = { ...point, other: 200, difference: 0, percent: 0 }
    const [table] = comparisonTables(documentOf(widgetOf([point, same])), 700)
    assert.deepStrictEqual(table?.parts[0]?.columns.map(({ label }) => label), [
      "Name",
      "Oct 10, 2026, 12:00 UTC",
      "Now",
      "Difference",
      "In percent"
    ])
    assert.deepStrictEqual(table?.parts[0]?.rows, [
      ["Won value", "€200", "€150", "−€50", "−25%"],
      ["Won value", "€200", "€200", "no change", "0%"]
    ])
  })

  it("a widget that is not compared has one line with the reason, in the language of the reader", () => {
    const widget = { ...widgetOf([]), incomparable: { reason: "currency", message: "in English" } } as const
    const [line] = linesOf(documentOf(widget, "de"))
    const note = "Nicht vergleichbar: Die beiden Seiten haben verschiedene Währungen."
    assert.deepStrictEqual([line?.["value"], line?.["note"]], ["", note])
    const [table] = comparisonTables(documentOf(widget, "de"), 700)
    assert.deepStrictEqual([table?.text, table?.parts], [note, []])
  })

  it("a PDF file leaves out rows that do not fit, and says so", () => {
    const large = documentOf(widgetOf(Array.from({ length: 2_000 }, (_, at) => ({ ...point, key: String(at) }))))
    assert.strictEqual(cellsOf(large), 10_000)
    assert.deepStrictEqual([isSmall(large, "pdf"), isSmall(documentOf(widgetOf([point])), "pdf")], [false, true])
    const [table] = comparisonTables(large, 700)
    assert.strictEqual(table?.parts[0]?.rows?.length, 1_400)
    assert.strictEqual(table?.text, "Only the first 1400 of 2000 rows: the CSV file has all rows.")
  })
})
