import type { Document } from "./Document.ts"
import { hasGlyphs } from "./fonts.ts"

const monthStarts = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 1)))

const sampleOf = (locale: string): string => {
  const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })
  const styles = [{}, { style: "percent" }, { notation: "compact" }] as const
  const numbers = styles.map((style) => new Intl.NumberFormat(locale, style).format(12_345_678.9))
  return [...numbers, ...monthStarts.map((start) => date.format(start))].join("")
}

/** If the fonts lack a letter of the numbers or dates of its language, a document gets those of English. */
export const drawable = (document: Document): Document => {
  if (hasGlyphs(sampleOf(document.locale))) return document
  const cards = document.cards.map((card) => ({ ...card, details: { ...card.details, locale: "en" } }))
  return { ...document, cards, locale: "en" }
}
