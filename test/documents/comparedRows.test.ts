import { assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import { appendixTable } from "../../src/documents/appendix.ts"
import { chartSvg } from "../../src/documents/chartSvg.ts"
import { csv } from "../../src/documents/csv.ts"
import type { DocumentCard } from "../../src/documents/Document.ts"
import { figuresOf } from "../../src/documents/mailFigures.ts"
import { xlsx } from "../../src/documents/xlsx.ts"
import type { ChartKind } from "../../src/domain/Chart.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { notesOf } from "../../src/presentation/notesOf.ts"
import { light } from "../../src/presentation/themes.ts"
import { metaOf } from "../gallery/hostile.ts"
import { documentWith } from "../support/documentWith.ts"
import { english } from "../support/english.ts"
import { rowsOfSheet } from "../support/sheets.ts"

/** A rise, a fall, a number after 0, and no change. */
const points = [
  { category: "web", label: "Web", value: 45, previous: 40, deltaPct: 12.5 },
  { category: "portal", label: "Portal", value: 30, previous: 40, deltaPct: -25 },
  { category: "fair", label: "Fair", value: 12, previous: 0, deltaPct: null },
  { category: "mail", label: "Mail", value: 9, previous: 9, deltaPct: 0 }
]
const changes = [
  ["▲ +12.5%", light.good],
  ["▼ −25%", light.bad],
  ["▲ +12", light.good],
  ["■ no change", light.muted]
]

const previousWindow = { from: "2024-12-01T00:00:00.000Z", to: "2025-11-20T12:00:00.000Z" }
const base = { series: [{ key: "value", label: "Leads" }], stat: null, meta: metaOf("count", { previousWindow }) }
const sources: MetricSeries = { ...base, instanceId: "w", shape: "category", points }
const people: MetricSeries = {
  ...base,
  instanceId: "w",
  shape: "leaderboard",
  points: points.map((point, at) => ({ ...point, rank: at + 1 }))
}

const cardOf = (series: MetricSeries, chart: ChartKind): DocumentCard => ({
  title: "Leads",
  metricId: "leads",
  description: "",
  chart,
  series,
  details: { moreIsBetter: true },
  x: 0,
  y: 0,
  w: 12,
  h: 6
})

const documentOf = (card: DocumentCard) => documentWith([card])

const ranking = cardOf(people, "leaderboard")
const table = { ...ranking, columns: [ranking] }

const svgOf = (card: DocumentCard, width: number, height: number) =>
  chartSvg(card, english, light, { width, height }, "w0")

/** Each text with the color in which it is drawn. */
const drawnIn = (svg: string) =>
  [...svg.matchAll(/<text[^>]* fill="([^"]*)"[^>]*>(.*?)<\/text>/g)].map(([, color = "", inner = ""]) =>
    [inner.replaceAll(/<[^>]*>/g, "").trim(), color] as const
  )

describe("rows with the window before", () => {
  it.each(
    [
      ["a ranking", ranking, 500, 240],
      ["a narrow ranking", ranking, 334, 200],
      ["bars", cardOf(sources, "bar"), 500, 240],
      ["bars in rows", cardOf(sources, "bar"), 334, 120],
      ["a donut", cardOf(sources, "donut"), 500, 240],
      ["a narrow donut", cardOf(sources, "donut"), 334, 160],
      ["a pie above its legend", cardOf(sources, "pie"), 240, 240],
      ["a table of people", table, 400, 240]
    ] as const
  )("%s has the change of each row in the color of a number card", (_name, card, width, height) => {
    const drawn = drawnIn(svgOf(card, width, height)).filter(([text]) => /^[▲▼■]/.test(text))
    assert.deepStrictEqual<unknown>(drawn, changes)
  })

  it("a chart without a comparison has no change", () => {
    const plain = points.map(({ category, label, value }) => ({ category, label, value }))
    const svg = svgOf(cardOf({ ...base, instanceId: "w", shape: "category", points: plain }, "bar"), 500, 240)
    assert.notMatch(svg, /[▲▼■]/)
  })

  it("the note of a card names the window before", () => {
    assert.deepStrictEqual(notesOf(sources, english), ["Change from the previous period, Dec 1, 2024 – Nov 20, 2025"])
  })

  it.each([["a category", cardOf(sources, "bar")], ["a ranking", ranking], ["a table of people", table]] as const)(
    "in CSV, each row of %s has its previous number and its change",
    (_name, card) => {
      const lines: ReadonlyArray<Readonly<Record<string, string>>> = parse(csv(documentOf(card)), {
        bom: true,
        columns: true
      })
      assert.deepStrictEqual(
        lines.map(({ change, change_unit: unit, previous, value }) => [value, previous, change, unit]),
        [
          ["45", "40", "12.5", "percent"],
          ["30", "40", "-25", "percent"],
          ["12", "0", "", ""],
          ["9", "9", "0", "percent"]
        ]
      )
    }
  )

  it("in XLSX, each row has its previous number, and its change in percent", async () => {
    const [head, web, portal, fair] = rowsOfSheet(await xlsx(documentOf(cardOf(sources, "bar"))), 2)
    assert.deepStrictEqual(head, { A: "Key", B: "Label", C: "Value", D: "Previous", E: "Change in percent" })
    assert.deepStrictEqual([web, portal, fair], [
      { A: "web", B: "Web", C: 45, D: 40, E: 12.5 },
      { A: "portal", B: "Portal", C: 30, D: 40, E: -25 },
      { A: "fair", B: "Fair", C: 12, D: 0 }
    ])
    assert.deepStrictEqual(rowsOfSheet(await xlsx(documentOf(table)), 2).slice(0, 2), [
      { A: "Id", B: "Person", C: "Leads", D: "Leads, previous" },
      { A: "web", B: "Web", C: 45, D: 40 }
    ])
  })

  it("the tables of a PDF file have the changes in words", () => {
    const rowsIn = (card: DocumentCard) => appendixTable(card, card.series, documentOf(card), 700, 9).parts[0]?.rows
    assert.deepStrictEqual(rowsIn(cardOf(sources, "bar")), [
      ["Web", "45", "40", "+12.5%"],
      ["Portal", "30", "40", "−25%"],
      ["Fair", "12", "0", "+12"],
      ["Mail", "9", "9", "no change"]
    ])
    assert.deepStrictEqual(rowsIn(table)?.slice(0, 2), [["Web", "45  ▲ +12.5%"], ["Portal", "30  ▼ −25%"]])
  })

  it("a mail has the change of each row, in the color of a number card", () => {
    const [group] = figuresOf(documentOf(ranking), false)
    assert.deepStrictEqual(group?.figures.map(({ change, tone, value }) => [value, change, tone]), [
      ["45", "+12.5%", "good"],
      ["30", "−25%", "bad"],
      ["12", "+12", "good"],
      ["9", "no change", "muted"]
    ])
  })
})
