import { localizationOf, messagesOf } from "../languages/messagesOf.ts"
import { mostShown } from "../presentation/filterNames.ts"
import { notesOf } from "../presentation/notesOf.ts"
import { stateOf } from "../presentation/stateOf.ts"
import { windowLabel } from "../presentation/windowLabel.ts"
import { type Document, type DocumentCard, seriesCardsOf } from "./Document.ts"
import { viewFilters } from "./filtersOf.ts"

export const commonWindow = (document: Document): string => {
  const localization = localizationOf(document.locale)
  const counts = new Map<string, number>()
  for (const { series } of seriesCardsOf(document)) {
    if (series.meta.window === undefined) continue
    const label = windowLabel(series.meta.window, localization)
    counts.set(label, (counts.get(label) ?? 0) + 1)
  }
  const [first] = [...counts].toSorted(([, a], [, b]) => b - a)
  return first === undefined ? windowLabel(undefined, localization) : first[0]
}

export const captionOf = (card: DocumentCard, { locale }: Document, common: string): string => {
  const localization = localizationOf(locale)
  const lines = (card.columns ?? [card]).flatMap(({ series, title }) => {
    const window = windowLabel(series.meta.window, localization)
    const notes = [...(window === common ? [] : [window]), ...notesOf(series, localization)]
    const state = stateOf(series, localization)
    if (card.columns !== undefined && state.kind !== "filled") return [`${title}: ${state.title}`]
    return card.columns === undefined ? notes : notes.map((note) => `${title}: ${note}`)
  })
  return lines.join("  ·  ")
}

export const asOfLabel = ({ asOf, locale, timeZone }: Pick<Document, "asOf" | "locale" | "timeZone">): string =>
  new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
    timeZoneName: "short"
  }).format(new Date(asOf))

/** The people and the filters of the numbers, such as "Records of everyone  ·  Source: Portal". */
export const countedLine = (document: Pick<Document, "filters" | "locale" | "scope" | "tagNames">): string =>
  [document.scope, viewFilters(document, mostShown)].filter((text) => text !== "").join("  ·  ")

export const scopeLine = (document: Document): string =>
  [
    countedLine(document),
    commonWindow(document),
    messagesOf(document.locale).documents.asOf({ time: asOfLabel(document) })
  ].join("  ·  ")
