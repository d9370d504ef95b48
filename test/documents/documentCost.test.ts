import { assert, describe, it } from "@effect/vitest"
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs"
import { appendixTable } from "../../src/documents/appendix.ts"
import { cellsOf, fitted, isSmall } from "../../src/documents/cost.ts"
import type { DocumentCard } from "../../src/documents/Document.ts"
import { pdf } from "../../src/documents/pdf.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { tableOf } from "../../src/presentation/tableOf.ts"
import { funnelSeries, leaderboardSeries, timeseries, withTarget } from "../gallery/hostile.ts"
import { documentWith } from "../support/documentWith.ts"
import { english } from "../support/english.ts"

const groups = Array.from({ length: 9 }, (_, index) => `Group ${index + 1}`)

/** Each row has the date and nine values. */
const daily = (days: number) => timeseries(groups, days, (at, group) => at * group)

const people = (count: number) =>
  leaderboardSeries(Array.from({ length: count }, (_, at) => `Person ${at}`), (at) => at)

const { meta } = people(1)
const base = { instanceId: "w", series: [], stat: null, meta }
const names = Array.from({ length: 10 }, (_, at) => `Name ${at}`)
const compared = { previous: 1, deltaPct: null }
const comparedPeople: MetricSeries = {
  ...base,
  shape: "leaderboard",
  points: names.map((label, at) => ({ category: label, label, rank: at + 1, value: at, ...compared }))
}
const comparedCategory: MetricSeries = {
  ...base,
  shape: "category",
  points: names.map((label, at) => ({ category: label, label, value: at, ...compared }))
}

const cardOf = (series: MetricSeries): DocumentCard => ({
  title: "Leads",
  metricId: "leads.total",
  description: "",
  chart: "line",
  series,
  details: {},
  x: 0,
  y: 0,
  w: 4,
  h: 4
})

const documentOf = (...all: ReadonlyArray<MetricSeries>) => documentWith(all.map(cardOf))

const cellsLeft = (tables: ReturnType<typeof fitted>) =>
  cellsOf({ cards: tables.map(({ card, series }) => ({ ...card, series })) })

describe("the cost of a file", () => {
  it("the cells of a table are its rows times its columns", () => {
    const found = daily(100)
    assert.strictEqual(cellsOf(documentOf(found)), 1_000)
    assert.strictEqual(cellsOf(documentOf({ ...found, previousPoints: found.points })), 1_900)
    assert.strictEqual(cellsOf(documentOf(people(10), daily(5))), 80)
  })

  it("a comparison with the window before adds two columns to a table, and one to each column of a table of people", () => {
    assert.strictEqual(cellsOf(documentOf(comparedPeople)), 50)
    assert.strictEqual(cellsOf(documentOf(comparedCategory)), 40)
    const empty: MetricSeries = { ...comparedPeople, points: [] }
    const columns = [empty, comparedPeople, comparedPeople].map(cardOf)
    assert.strictEqual(cellsOf({ cards: [{ ...cardOf(empty), columns }] }), 10 * (1 + 3 + 2))
  })

  it("a file of 2,000 cells is small, and a chart of a PDF file costs as much as 125 cells", () => {
    assert.isTrue(isSmall(documentOf(daily(200)), "csv"))
    assert.isFalse(isSmall(documentOf(daily(201)), "csv"))
    assert.isTrue(isSmall(documentOf(daily(187)), "pdf"))
    assert.isFalse(isSmall(documentOf(daily(188)), "pdf"))
  })

  it("the appendix of a PDF file with one chart is complete up to 6,875 cells", () => {
    const { cards } = documentOf(daily(687))
    assert.deepStrictEqual(fitted({ cards, locale: "en" }), [{
      card: cardOf(daily(687)),
      series: daily(687),
      rows: 687,
      note: ""
    }])
  })

  it("a larger appendix has the newest rows of a timeseries, and a note says where all rows are", () => {
    const [found] = fitted(documentOf(daily(900)))
    assert.deepStrictEqual(found?.series.points, daily(900).points.slice(-687))
    assert.strictEqual(found?.note, "Only the newest 687 of 900 rows: CSV and XLSX files have all rows.")
  })

  it("a table of people costs a row for each person of any column, and an appendix without room has its first people", () => {
    const columns = Array.from({ length: 49 }, () => cardOf(people(100)))
    const card = { ...cardOf(people(100)), columns: [cardOf(people(150)), ...columns] }
    assert.strictEqual(cellsOf({ cards: [card] }), 150 * 51)
    const note = "Only the first 134 of 150 rows: CSV and XLSX files have all rows."
    assert.deepStrictEqual(fitted({ cards: [card], locale: "en" }), [{ card, series: card.series, rows: 134, note }])
  })

  it("small tables are complete, and large tables share the rest of the appendix", () => {
    const tables = fitted(documentOf(daily(900), people(20), daily(900)))
    assert.deepStrictEqual(tables.map(({ series }) => series.points.length), [328, 20, 328])
  })

  it("the appendix of 50 charts has at most 750 cells", () => {
    const tables = fitted(documentOf(...Array.from({ length: 50 }, () => daily(900))))
    assert.isAtMost(cellsLeft(tables), 750)
    assert.isAbove(cellsLeft(tables), 0)
  })

  it("targets and the shares of a funnel have columns, and a target over time has rows after the last point", () => {
    assert.strictEqual(cellsOf(documentOf(withTarget(daily(20), 31))), 31 * 11)
    const targeted = names.map((label, at) => ({ category: label, label, rank: at + 1, value: at, target: 5 }))
    assert.strictEqual(cellsOf(documentOf({ ...base, shape: "leaderboard", points: targeted })), 10 * 5)
    assert.strictEqual(cellsOf(documentOf(funnelSeries(["A", "B", "C"], [9, 6, 3]))), 3 * 4)
  })

  it("an appendix with fewer rows has the previous numbers and the targets of these rows", () => {
    const found = { ...withTarget(daily(400), 450), previousPoints: daily(430).points }
    const [{ series, note } = { series: undefined, note: "" }] = fitted(documentOf(found))
    assert.strictEqual(note, "Only the newest 343 of 400 rows: CSV and XLSX files have all rows.")
    const all = tableOf(found, english).rows
    assert.deepStrictEqual(series && tableOf(series, english).rows, all.slice(57, 400))
  })

  it("an appendix without the last rows of a target, which are after all points, has the first rows and says so", () => {
    const found = withTarget(daily(20), 900)
    const [{ series, note } = { series: undefined, note: "" }] = fitted(documentOf(found))
    assert.strictEqual(note, "Only the first 625 of 900 rows: CSV and XLSX files have all rows.")
    assert.deepStrictEqual(series && tableOf(series, english).rows, tableOf(found, english).rows.slice(0, 625))
  })

  it("a table without any row in the appendix does not say that its chart is empty", () => {
    const found = daily(900)
    const document = documentOf(...Array.from({ length: 56 }, () => found))
    const texts = fitted(document).map(({ card, rows, series }) => {
      assert.lengthOf(series.points, 0)
      return appendixTable(card, series, document, 700, rows).text
    })
    for (const text of texts) assert.notInclude(text, "No data")
  })

  it("a PDF file whose appendix leaves out rows says so", async () => {
    const data = await pdf(documentOf(daily(700)))
    assert.isDefined(data)
    const file = await getDocument({ data: new Uint8Array(data), useSystemFonts: false }).promise
    const pages = await Promise.all(Array.from({ length: file.numPages }, (_, at) => file.getPage(at + 1)))
    const contents = await Promise.all(pages.map((page) => page.getTextContent()))
    const text = contents.flatMap(({ items }) => items.map((item) => "str" in item ? item.str : "")).join(" ")
    assert.include(text, "Only the newest 687 of 700 rows: CSV and XLSX files have all rows.")
    assert.include(text, "The numbers of this document, without rows that do not fit.")
  })
})
