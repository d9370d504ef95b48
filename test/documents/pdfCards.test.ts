import { assert, describe, it } from "@effect/vitest"
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs"
import type { DocumentCard } from "../../src/documents/Document.ts"
import { pdf } from "../../src/documents/pdf.ts"
import { metaOf, statSeries } from "../gallery/hostile.ts"
import { documentWith } from "../support/documentWith.ts"

const day = {
  from: "2026-11-30T00:00:00.000Z",
  to: "2026-12-01T00:00:00.000Z",
  timeZone: "UTC",
  weekStart: 1,
  bucket: "day"
} as const

const card = (value: number, place: Pick<DocumentCard, "x" | "y" | "h">, meta = metaOf()): DocumentCard => ({
  title: `Card ${value}`,
  metricId: "leads.total",
  description: "",
  chart: "stat",
  details: {},
  series: { ...statSeries(value, null, null, meta), instanceId: `${value}` },
  w: 4,
  ...place
})

/** Returns the height of the line and the size of each number on the first page. */
const numbersOf = async (cards: ReadonlyArray<DocumentCard>) => {
  const bytes = await pdf(documentWith(cards))
  assert.isDefined(bytes)
  const file = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false }).promise
  const { items } = await (await file.getPage(1)).getTextContent()
  return items.flatMap((item) =>
    "str" in item && /^\d{3}$/.test(item.str)
      ? [[item.str, ...[item.transform[5], item.height].map((number) => Math.round(Number(number) * 10))]]
      : []
  )
}

describe("the cards of a PDF file", () => {
  it("the numbers of cards in one row have one size and one line, also beside a caption and a higher card", async () => {
    const numbers = await numbersOf([
      card(111, { x: 0, y: 0, h: 3 }),
      card(222, { x: 4, y: 0, h: 4 }),
      card(333, { x: 8, y: 0, h: 3 }, metaOf("count", { window: day }))
    ])
    assert.deepStrictEqual(numbers.map(([text]) => text), ["111", "222", "333"])
    const [[, ...first] = []] = numbers
    assert.isNotEmpty(first)
    for (const [, ...place] of numbers) assert.deepStrictEqual(place, first)
  })

  it("a card does not reach into the card below it", async () => {
    const numbers = await numbersOf([
      card(111, { x: 0, y: 0, h: 3 }),
      card(222, { x: 0, y: 3, h: 3 }),
      card(333, { x: 4, y: 0, h: 6 })
    ])
    const lineOf = (name: string) => Number(numbers.find(([text]) => text === name)?.[1])
    assert.isAbove(lineOf("111"), lineOf("333"))
    assert.isAbove(lineOf("333"), lineOf("222"))
  })
})
