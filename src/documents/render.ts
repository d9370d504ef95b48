import { Resvg } from "@resvg/resvg-js"
import type { DocumentFormat } from "../domain/DocumentFormat.ts"
import { comparisonCsv } from "./comparison.ts"
import { type ComparisonDocument, isComparison } from "./ComparisonDocument.ts"
import { csv } from "./csv.ts"
import type { Document } from "./Document.ts"
import { fontFamilies, fontFiles, hasGlyphs } from "./fonts.ts"
import { pdf } from "./pdf.ts"
import { type Picture, picture } from "./picture.ts"
import { xlsx } from "./xlsx.ts"

const zoom = 2
const mostPixels = 40_000_000

export const png = ({ height, markup, width }: Picture): Buffer => {
  const scale = Math.min(zoom, Math.sqrt(mostPixels / (width * height)))
  const image = new Resvg(markup, {
    font: { fontFiles: [...fontFiles], loadSystemFonts: false, defaultFontFamily: fontFamilies[0] },
    fitTo: { mode: "zoom", value: scale }
  })
  return image.render().asPng()
}

const monthStarts = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 1)))

const sampleOf = (locale: string): string => {
  const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })
  const styles = [{}, { style: "percent" }, { notation: "compact" }] as const
  const numbers = styles.map((style) => new Intl.NumberFormat(locale, style).format(12_345_678.9))
  return [...numbers, ...monthStarts.map((start) => date.format(start))].join("")
}

/** If the fonts lack a letter of the numbers or dates of its language, a document gets those of English. */
const drawable = <D extends Document | ComparisonDocument>(document: D): D => {
  if (hasGlyphs(sampleOf(document.locale))) return document
  return { ...document, locale: "en" }
}

export const render = async (
  document: Document | ComparisonDocument,
  format: DocumentFormat
): Promise<Uint8Array | undefined> => {
  if (isComparison(document)) {
    return format === "pdf" ? pdf(drawable(document)) : Buffer.from(comparisonCsv(document))
  }
  switch (format) {
    case "csv":
      return Buffer.from(csv(document))
    case "xlsx":
      return xlsx(document)
    case "svg":
      return Buffer.from(picture(document).markup)
    case "png":
      return png(picture(drawable(document)))
    case "pdf":
      return pdf(drawable(document))
  }
}
