import type { Localization } from "../languages/Localization.ts"
import { localizationOf } from "../languages/messagesOf.ts"
import type { Size } from "../presentation/Details.ts"
import { mostShown } from "../presentation/filterNames.ts"
import { compacted, gridColumns } from "../presentation/grid.ts"
import { dark, fontFamily, light, type Theme } from "../presentation/themes.ts"
import { captionOf, commonWindow, scopeLine } from "./captions.ts"
import { chartSvg } from "./chartSvg.ts"
import type { Document, DocumentCard } from "./Document.ts"
import { viewFilters } from "./filtersOf.ts"
import { fittedText, fontFamilies, type Weight, wrappedText } from "./fonts.ts"
import { peopleHeight } from "./peopleSvg.ts"
import { element, escaped, withFontRuns } from "./xml.ts"

/** These sizes are in CSS pixels. */
const sheetWidth = 1200
const margin = 28
const gap = 12
const row = 54
const padding = 16
const titleHeight = 40
const captionHeight = 17
const foot = 12

const columnWidth = (sheetWidth - 2 * margin + gap) / gridColumns

export interface Picture extends Size {
  readonly markup: string
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

const captionLines = (caption: string, width: number, most: number) =>
  wrappedText(caption, width - 2 * padding, 11.5, most)

const headOf = (captions: ReadonlyArray<string>) => titleHeight + captions.length * captionHeight

/** The background of a card, its title, its captions, and its chart. */
const contentSvg = (
  card: DocumentCard,
  captions: ReadonlyArray<string>,
  { height, width }: Size,
  frame: { readonly [name: string]: string | number },
  theme: Theme,
  localization: Localization,
  index: number
) => {
  const inner = width - 2 * padding
  const head = headOf(captions)
  const size = { width: Math.floor(inner), height: Math.max(24, Math.floor(height - head - foot)) }
  return [
    element("rect", { width: width.toFixed(2), height, ...frame, fill: theme.surface }),
    text(padding, 27, fittedText(card.title, inner, 15, "semiBold"), {
      color: theme.ink,
      size: 15,
      weight: "semiBold"
    }),
    ...captions.map((line, at) => text(padding, 46 + at * captionHeight, line, { color: theme.muted, size: 11.5 })),
    element("g", { transform: `translate(${padding} ${head})` }, chartSvg(card, localization, theme, size, `w${index}`))
  ].join("")
}

const labelled = ({ description, title }: DocumentCard) => ({ role: "img", "aria-label": `${title}: ${description}` })

const cardSvg = (
  card: DocumentCard,
  index: number,
  caption: string,
  top: number,
  theme: Theme,
  localization: Localization
) => {
  const x = margin + card.x * columnWidth
  const y = top + card.y * row
  const size = { width: card.w * columnWidth - gap, height: card.h * row - gap }
  const captions = captionLines(caption, size.width, size.height < 200 ? 1 : 2)
  const frame = { rx: 10, stroke: theme.line }
  return element(
    "g",
    { transform: `translate(${x.toFixed(2)} ${y})`, ...labelled(card) },
    contentSvg(card, captions, size, frame, theme, localization, index)
  )
}

const drawn = (
  { height, width }: Size,
  attributes: { readonly [name: string]: string },
  ...children: ReadonlyArray<string>
): Picture => {
  const markup = element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      "font-family": [...fontFamilies.slice(0, 1), fontFamily, ...fontFamilies.slice(1)].join(", "),
      ...attributes
    },
    ...children
  )
  return { markup, width, height }
}

const chartHeight = ({ chart, columns, series }: DocumentCard, width: number, localization: Localization) => {
  if (columns !== undefined) return peopleHeight(columns, localization)
  return series.shape === "stat" && chart !== "radial" ? 110 : Math.round(Math.min(420, Math.max(200, width / 2)))
}

const bareChart = (
  card: DocumentCard,
  width: number,
  caption: string,
  theme: Theme,
  localization: Localization
): Picture => {
  // Only the captions say which rows are not in the chart, so they get as many lines as they usually need.
  const captions = captionLines(caption, width, 6)
  const size = { width, height: headOf(captions) + chartHeight(card, width, localization) + foot }
  return drawn(size, labelled(card), contentSvg(card, captions, size, {}, theme, localization, 0))
}

const sheet = (document: Document, theme: Theme, localization: Localization): Picture => {
  const cards = compacted(document.cards)
  const common = commonWindow(document)
  const inner = sheetWidth - 2 * margin
  const title = fittedText(document.title, inner, 24, "semiBold")
  const scope = fittedText(scopeLine(document), inner, 13)
  const top = 92
  const height = top + Math.max(0, ...cards.map((card) => card.y + card.h)) * row + margin - gap
  return drawn(
    { width: sheetWidth, height },
    { role: "figure" },
    element("title", {}, escaped(document.title)),
    element("rect", { width: sheetWidth, height, fill: theme.page }),
    text(margin, 46, title, { color: theme.ink, size: 24, weight: "semiBold" }),
    text(margin, 70, scope, { color: theme.muted, size: 13 }),
    ...cards.map((card, index) => cardSvg(card, index, captionOf(card, document, common), top, theme, localization))
  )
}

export const picture = (document: Document): Picture => {
  const theme = document.theme === "dark" ? dark : light
  const localization = localizationOf(document.locale)
  const { cards: [first], chartWidth } = document
  if (first === undefined || chartWidth === undefined) return sheet(document, theme, localization)
  const common = commonWindow(document)
  const caption = [viewFilters(document, mostShown), common, captionOf(first, document, common)].filter((line) =>
    line !== ""
  ).join("  ·  ")
  return bareChart(first, chartWidth, caption, theme, localization)
}
