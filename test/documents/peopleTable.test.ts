import { assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { appendixTable } from "../../src/documents/appendix.ts"
import { chartSvg } from "../../src/documents/chartSvg.ts"
import { cellsOf } from "../../src/documents/cost.ts"
import { csv } from "../../src/documents/csv.ts"
import type { DocumentCard } from "../../src/documents/Document.ts"
import { altOf, figuresOf } from "../../src/documents/mailFigures.ts"
import { xlsx } from "../../src/documents/xlsx.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { light } from "../../src/presentation/themes.ts"
import { leaderboardSeries, metaOf } from "../gallery/hostile.ts"
import { documentWith } from "../support/documentWith.ts"
import { english } from "../support/english.ts"
import { rowsOfSheet } from "../support/sheets.ts"

const column = (title: string, series: MetricSeries): DocumentCard => ({
  title,
  metricId: `team.${title.toLowerCase()}_by_agent`,
  description: "Calls of the window.",
  chart: "leaderboard",
  series: { ...series, instanceId: title },
  details: {},
  x: 0,
  y: 0,
  w: 12,
  h: 6
})

const shared = metaOf("money", { additive: false })
const columns = [
  column("Calls", leaderboardSeries(["=Ana", "Bo"], (at) => 7 - at)),
  column("Won", leaderboardSeries(["=Ana"], () => 1_234.5, shared))
]
const [first] = columns
const card: DocumentCard = { ...(first ?? assert.fail()), title: "Team", columns }

const document = documentWith([card, column("Other", leaderboardSeries(["Cy"], () => 1))])

const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text)

describe("a table of people in a file", () => {
  it("is one sheet in XLSX, with a row for each person and a total of what adds up", async () => {
    const file = await xlsx(document)
    assert.deepStrictEqual(rowsOfSheet(file, 2), [
      { A: "Id", B: "Person", C: "Calls", D: "Won" },
      { A: "user_0", B: "=Ana", C: 7, D: 1_234.5 },
      { A: "user_1", B: "Bo", C: 6 },
      { B: "Total", C: 13 }
    ])
    assert.deepStrictEqual(rowsOfSheet(file, 3)[1], { A: 1, B: "user_0", C: "Cy", D: 1 })
    const about = rowsOfSheet(file, 1).map(({ A, C }) => [A, C])
    assert.deepInclude(about, ["Team", "team.calls_by_agent"])
    assert.deepInclude(about, ["Team", "team.won_by_agent"])
  })

  it("in CSV, has a line for each number of each column, as without the table", () => {
    const lines: ReadonlyArray<Readonly<Record<string, string>>> = parse(csv(document), { bom: true, columns: true })
    assert.deepStrictEqual(lines.map(({ label, title, value, widget }) => [widget, title, label, value]), [
      ["Calls", "Calls", "'=Ana", "7"],
      ["Calls", "Calls", "Bo", "6"],
      ["Won", "Won", "'=Ana", "1234.5"],
      ["Other", "Other", "Cy", "1"]
    ])
  })

  it("in the appendix of a PDF file, has the numbers of a column with equal decimals", () => {
    const { parts, title } = appendixTable(card, card.series, document, 700, 2)
    assert.strictEqual(title, "Team")
    assert.deepStrictEqual(parts[0]?.columns.map(({ label }) => label), ["Person", "Calls", "Won"])
    assert.deepStrictEqual(parts[0]?.rows, [["=Ana", "7", "€1,234.50"], ["Bo", "6", "–"], ["Total", "13", "–"]])
    assert.strictEqual(cellsOf(document), 2 * 3 + 3)
    const fewer = appendixTable(card, card.series, document, 700, 1).parts[0]?.rows
    assert.deepStrictEqual(fewer, [["=Ana", "7", "€1,234.50"], ["Total", "13", "–"]])
  })

  it("is drawn with bars, and says how many people have no room", () => {
    const draw = (height: number) => textsOf(chartSvg(card, english, light, { width: 400, height }, "w0"))
    assert.deepStrictEqual(draw(200), ["Calls", "Won", "=Ana", "7", "€1,234.50", "Bo", "6", "–", "Total", "13", "–"])
    assert.deepStrictEqual(draw(80), ["Calls", "Won", "=Ana", "7", "€1,234.50", "1 more", "Total", "13", "–"])
  })

  it("a table of metrics for admins has no rows for a member, and says so", () => {
    const gated = columns.map((one) => ({
      ...one,
      series: { ...leaderboardSeries([], () => 0), meta: metaOf("count", { gated: "admin_only" }) }
    }))
    const texts = textsOf(chartSvg({ ...(gated[0] ?? card), columns: gated }, english, light, {
      width: 400,
      height: 200
    }, "w0"))
    assert.include(texts, "Admins only")
  })

  it("in a mail, hides only the columns that are for admins", () => {
    const hidden = { ...leaderboardSeries([], () => 0), meta: metaOf("count", { gated: "admin_only" }) }
    const mixed = columns.map((one, at) => at === 0 ? { ...one, series: hidden } : one)
    const mail = { ...document, cards: [{ ...card, series: hidden, columns: mixed }] }
    const [calls, won] = figuresOf(mail, false)
    assert.deepStrictEqual([calls?.title, calls?.figures], ["Team: Calls", []])
    assert.match(String(calls?.caption), /^Admins only/)
    assert.deepStrictEqual([won?.title, won?.figures.map(({ label, value }) => [label, value])], [
      "Team: Won",
      [["=Ana", "€1,234.50"]]
    ])
    assert.match(altOf(mail), /Team: Calls: Admins only.*Team: Won/)
  })
})
