import { compacted, gridColumns } from "../presentation/grid.ts"
import { dark, fontFamily, light, type Theme } from "../presentation/themes.ts"
import { captionOf, commonWindow, scopeLine } from "./captions.ts"
import { chartSvg } from "./chartSvg.ts"
import type { Document, DocumentCard } from "./Document.ts"
import { fittedText, fontFamilies, type Weight, wrappedText } from "./fonts.ts"
import { element, escaped, withFontRuns } from "./xml.ts"

/** These sizes are in CSS pixels. */
const sheetWidth = 1200
const margin = 28
const gap = 12
const row = 54
const padding = 16
const titleHeight = 40
const captionHeight = 17

const columnWidth = (sheetWidth - 2 * margin + gap) / gridColumns

export interface Picture {
  readonly markup: string
  readonly width: number
  readonly height: number
}

const text = (
  x: number,
  y: number,
  words: string,
  { color, size, weight = "regular" }: { readonly color: string; readonly size: number; readonly weight?: Weight }
) =>
  element(
    "text",
    { x, y, fill: color, "font-size": size, "font-weight": weight === "semiBold" ? 600 : 400 },
    withFontRuns(escaped(words), fontFamilies[1])
  )

const cardSvg = (card: DocumentCard, index: number, caption: string, top: number, theme: Theme) => {
  const x = margin + card.x * columnWidth
  const y = top + card.y * row
  const width = card.w * columnWidth - gap
  const height = card.h * row - gap
  const inner = width - 2 * padding
  const captions = wrappedText(caption, inner, 11.5, height < 200 ? 1 : 2)
  const head = titleHeight + captions.length * captionHeight
  const size = { width: Math.floor(inner), height: Math.max(24, Math.floor(height - head - padding * 0.75)) }
  return element(
    "g",
    { transform: `translate(${x.toFixed(2)} ${y})`, role: "img", "aria-label": `${card.title}: ${card.description}` },
    element("rect", { width: width.toFixed(2), height, rx: 10, fill: theme.surface, stroke: theme.line }),
    text(padding, 27, fittedText(card.title, inner, 15, "semiBold"), {
      color: theme.ink,
      size: 15,
      weight: "semiBold"
    }),
    ...captions.map((line, at) => text(padding, 46 + at * captionHeight, line, { color: theme.muted, size: 11.5 })),
    element("g", { transform: `translate(${padding} ${head})` }, chartSvg(card, theme, size, `w${index}`))
  )
}

export const picture = (document: Document): Picture => {
  const theme = document.theme === "dark" ? dark : light
  const cards = compacted(document.cards)
  const common = commonWindow(document)
  const inner = sheetWidth - 2 * margin
  const title = fittedText(document.title, inner, 24, "semiBold")
  const scope = fittedText(scopeLine(document), inner, 13)
  const top = 92
  const height = top + Math.max(0, ...cards.map((card) => card.y + card.h)) * row + margin - gap
  const markup = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${sheetWidth} ${height}`,
      width: sheetWidth,
      height,
      "font-family": [...fontFamilies.slice(0, 1), fontFamily, ...fontFamilies.slice(1)].join(", "),
      role: "figure"
    },
    element("title", {}, escaped(document.title)),
    element("rect", { width: sheetWidth, height, fill: theme.page }),
    text(margin, 46, title, { color: theme.ink, size: 24, weight: "semiBold" }),
    text(margin, 70, scope, { color: theme.muted, size: 13 }),
    ...cards.map((card, index) => cardSvg(card, index, captionOf(card, document, common), top, theme))
  )
  return { markup, width: sheetWidth, height }
}
