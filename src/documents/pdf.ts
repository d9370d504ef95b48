import type { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler"
import { readFileSync } from "node:fs"
import { localizationOf, messagesOf } from "../languages/messagesOf.ts"
import { compacted, gridColumns, type Place } from "../presentation/grid.ts"
import { light } from "../presentation/themes.ts"
import { appendixStyle, appendixTable } from "./appendix.ts"
import { bandsOf } from "./bandsOf.ts"
import { captionOf, commonWindow, countedLine, scopeLine } from "./captions.ts"
import { chartSvg } from "./chartSvg.ts"
import { comparedSides, comparisonTables } from "./comparison.ts"
import { type ComparisonDocument, isComparison } from "./ComparisonDocument.ts"
import { fitted } from "./cost.ts"
import type { Document, DocumentCard } from "./Document.ts"
import { fittedText, fontFamilies, fontFiles, wrappedText } from "./fonts.ts"
import { pdfTemplate } from "./pdfTemplate.ts"
import { typst } from "./typst.ts"
import { printable } from "./xml.ts"

/** These sizes are in points, for A4 in landscape. */
const pageWidth = 841.89
const margin = 40
const gap = 8
const row = 36
const padding = 10
const pointsAPixel = 2 / 3
const mostRows = 13
const titleHeight = 24
const captionHeight = 9

const columnWidth = (pageWidth - 2 * margin + gap) / gridColumns

interface Compiler {
  readonly compiler: NodeCompiler
  readonly universalAccess: string
}

const loaded = async (): Promise<Compiler | undefined> => {
  const module = await typst()
  if (module === undefined) return undefined
  const fontBlobs = fontFiles.map((file) => readFileSync(file))
  const compiler = module.NodeCompiler.create({ workspace: import.meta.dirname, fontArgs: [{ fontBlobs }] })
  return { compiler, universalAccess: module.PdfStandard.UA_1 }
}

const compiler: { loading?: Promise<Compiler | undefined> } = {}

const widthOf = ({ w }: Place) => w * columnWidth - gap
const heightOf = ({ h }: Place) => h * row - gap

const captionsOf = (card: DocumentCard, caption: string) =>
  wrappedText(caption, widthOf(card) - 2 * padding, 7, heightOf(card) < 130 ? 1 : 2)

interface Captioned {
  readonly card: DocumentCard
  readonly captions: ReadonlyArray<string>
}

const cardOf = (
  { captions, card }: Captioned,
  index: number,
  beside: ReadonlyArray<Captioned>,
  top: number,
  locale: string
) => {
  const width = widthOf(card)
  const height = heightOf(card)
  const inner = width - 2 * padding
  // Cards of one height that stand side by side leave the same room for captions, so that their numbers are in one line.
  const alike = beside.filter((other) => other.card.y === card.y && other.card.h === card.h)
  const lines = Math.max(...alike.map((other) => other.captions.length))
  const imageHeight = Math.max(16, height - titleHeight - lines * captionHeight - 12)
  const size = { width: Math.floor(inner / pointsAPixel), height: Math.floor(imageHeight / pointsAPixel) }
  return {
    x: card.x * columnWidth,
    y: (card.y - top) * row,
    width,
    height,
    padding,
    title: fittedText(card.title, inner, 9.5, "semiBold"),
    captions,
    svg: chartSvg(card, localizationOf(locale), light, size, `w${index}`),
    imageWidth: inner,
    imageHeight,
    alt: messagesOf(locale).documents.inAppendix(card)
  }
}

/** A PDF file names a language by two or three letters. The locale `und` has no language. */
const languageOf = (locale: string) => /^[a-z]{2,3}(?=-|$)/.exec(new Intl.Locale(locale).baseName)?.[0] ?? "und"

/** The template needs these values for every file. */
const frameOf = ({ locale, title }: Pick<Document, "locale" | "title">, subtitle: string) => ({
  title,
  subtitle,
  footer: fittedText(`${title}  ·  ${subtitle}`, pageWidth - 2 * margin - 60, 7.5),
  lang: languageOf(locale),
  fonts: fontFamilies,
  margin,
  gap,
  colors: { ink: light.ink, muted: light.muted, line: light.line, head: light.page },
  appendix: appendixStyle
})

const inputOf = (document: Document) => {
  const t = messagesOf(document.locale).documents
  const cards = compacted(document.cards)
  const common = commonWindow(document)
  const line = scopeLine(document)
  const numbers = new Map(cards.map((card, index) => [card.series.instanceId, index]))
  const tables = fitted({ cards, locale: document.locale })
  const isComplete = tables.every(({ note }) => note === "")
  const hash = document.contentHash === null ? "" : `  ·  ${t.hash({ hash: document.contentHash })}`
  return {
    ...frameOf(document, line),
    description: document.description,
    numbers: t.numbersTitle(),
    about: `${isComplete ? t.allNumbers() : t.fewerNumbers()}${hash}`,
    bands: bandsOf(cards, mostRows).map((band) => {
      const captioned = band.cards.map((card) => ({
        card,
        captions: captionsOf(card, captionOf(card, document, common))
      }))
      return {
        height: band.rows * row - gap,
        cards: captioned.map((one) =>
          cardOf(one, numbers.get(one.card.series.instanceId) ?? 0, captioned, band.top, document.locale)
        )
      }
    }),
    tables: tables.map(({ card, note, rows, series }) => {
      const table = appendixTable(card, series, document, pageWidth - 2 * margin, rows)
      return { ...table, text: [table.text, note].filter((text) => text !== "").join("  ·  ") }
    })
  }
}

const comparisonInputOf = (document: ComparisonDocument) => {
  const t = messagesOf(document.locale).documents
  return {
    ...frameOf(document, comparedSides(document)),
    description: countedLine(document),
    numbers: t.comparisonTitle(),
    about: t.comparisonAbout(),
    bands: [],
    tables: comparisonTables(document, pageWidth - 2 * margin)
  }
}

const printableTexts = (_key: string, value: unknown) => typeof value === "string" ? printable(value) : value

/** PDF/UA forbids characters that no font contains, so such a file is made without PDF/UA. */
const isMissingGlyph = (error: unknown) =>
  error instanceof Error && "code" in error && String(error.code).includes("could not be displayed with font")

export const pdf = async (document: Document | ComparisonDocument): Promise<Buffer | undefined> => {
  compiler.loading ??= loaded().catch((error) => {
    delete compiler.loading
    throw error
  })
  const found = await compiler.loading
  if (found === undefined) return undefined
  const { compiler: typst, universalAccess } = found
  const input = isComparison(document) ? comparisonInputOf(document) : inputOf(document)
  const source = { mainFileContent: pdfTemplate, inputs: { data: JSON.stringify(input, printableTexts) } }
  const creationTimestamp = Math.floor(Date.parse(document.asOf) / 1_000)
  try {
    return typst.pdf(source, { creationTimestamp, pdfStandard: universalAccess })
  } catch (error) {
    if (!isMissingGlyph(error)) throw error
    return typst.pdf(source, { creationTimestamp })
  } finally {
    typst.evictCache(0)
  }
}
