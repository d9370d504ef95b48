import { assert, describe, it } from "@effect/vitest"
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs"
import type { DocumentCard } from "../../src/documents/Document.ts"
import { pdf } from "../../src/documents/pdf.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { numberFormat } from "../../src/presentation/numberFormat.ts"
import { tableOf } from "../../src/presentation/tableOf.ts"
import { metaOf, timeseries } from "../gallery/hostile.ts"
import { documentWith } from "../support/documentWith.ts"
import { english } from "../support/english.ts"

const labels = Array.from({ length: 25 }, (_, index) => index === 7 ? "A".repeat(80) : `Source ${index + 1}`)

const amount = (at: number, series: number) =>
  (series + at) % 3 === 0 ? -1_234_567.89 * (series + 1) : series * 98_765.43 + at + 0.5

const wide = timeseries(labels, 40, amount, metaOf("money"))

const cards: ReadonlyArray<MetricSeries> = [wide, { ...wide, previousPoints: wide.points }]

interface Run {
  readonly text: string
  readonly page: number
  readonly left: number
  readonly right: number
  readonly baseline: number
}

/** Returns the text runs of the file, without runs of only white space. */
const runsOf = async (): Promise<ReadonlyArray<Run>> => {
  const bytes = await pdf(documentWith(cards.map((series, y): DocumentCard => ({
    title: "Won value",
    metricId: "deals.won_value_over_time",
    description: "",
    chart: "area",
    series,
    details: {},
    x: 0,
    y,
    w: 12,
    h: 4
  }))))
  assert.isDefined(bytes)
  const file = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false }).promise
  const pages = await Promise.all(Array.from({ length: file.numPages }, (_, index) => file.getPage(index + 1)))
  const contents = await Promise.all(pages.map((page) => page.getTextContent()))
  return contents.flatMap(({ items }, page) =>
    items.flatMap((item): ReadonlyArray<Run> => {
      if (!("str" in item) || item.str.trim() === "") return []
      const [, , , , left = 0, baseline = 0] = item.transform.map(Number)
      return [{ text: item.str, page, left, right: left + item.width, baseline }]
    })
  )
}

const isFigure = ({ text }: Run) => text.includes("€") && text.includes(".")

describe("the appendix of a PDF file with 25 columns of amounts", () => {
  it("each figure of the series is a text run of its own", async () => {
    const { full } = numberFormat(wide.meta, english)
    const figures = cards.flatMap((series) => {
      const { columns, rows } = tableOf(series, english)
      return rows.flatMap((row) =>
        row.flatMap((cell, index) =>
          typeof cell === "number" && ["value", "previous"].includes(columns[index]?.kind ?? "") ? [full(cell)] : []
        )
      )
    })
    assert.lengthOf(figures, 40 * 25 * 3)
    const written = new Map<string, number>()
    for (const { text } of await runsOf()) written.set(text, (written.get(text) ?? 0) + 1)
    const expected = Map.groupBy(figures, (figure) => figure)
    for (const [figure, times] of expected) assert.strictEqual(written.get(figure), times.length, figure)
  })

  it("no figure overlaps another text or leaves the page, and a date begins each line of figures", async () => {
    const lines = Map.groupBy(await runsOf(), ({ baseline, page }) => `${page} ${baseline.toFixed(1)}`)
    const withFigures = [...lines.values()].filter((line) => line.some(isFigure))
    assert.isAbove(withFigures.length, 240)
    for (const line of withFigures) {
      const runs = line.toSorted((a, b) => a.left - b.left)
      assert.match(runs[0]?.text ?? "", /^(Jan|Feb) \d+, 2024/)
      assert.isBelow(runs.at(-1)?.right ?? Infinity, 841.89 - 40)
      for (const [index, run] of runs.entries()) {
        assert.isBelow(run.right, runs[index + 1]?.left ?? Infinity, `${run.text} ${runs[index + 1]?.text}`)
      }
    }
  })
})
