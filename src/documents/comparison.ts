import { localizationOf, messagesOf } from "../languages/messagesOf.ts"
import { type ComparedCard, comparedFormat, incomparableText } from "../presentation/compared.ts"
import type { TableCell } from "../presentation/Table.ts"
import { tableParts, textColumn } from "./appendix.ts"
import { asOfLabel } from "./captions.ts"
import type { ComparisonDocument } from "./ComparisonDocument.ts"
import { fittedRows } from "./cost.ts"
import { csvText } from "./csvText.ts"

const header = [
  "widget",
  "title",
  "metric",
  "series",
  "label",
  "bucket_or_category",
  "other_bucket",
  "value",
  "other",
  "difference",
  "percent",
  "unit",
  "currency",
  "partial",
  "note"
] as const

/** Says why a widget has no rows. */
const noteOf = ({ incomparable, points }: ComparedCard["widget"], locale: string): string => {
  const localization = localizationOf(locale)
  const { comparedNot, comparedNothing } = localization.t
  if (incomparable !== undefined) return `${comparedNot()}: ${incomparableText(incomparable.reason, localization)}`
  return points.length === 0 ? comparedNothing() : ""
}

const rowsOf = ({ names, title, widget }: ComparedCard, locale: string): ReadonlyArray<ReadonlyArray<TableCell>> => {
  const { instanceId, meta, metricId, points } = widget
  const [unit, currency] = [meta?.unit ?? null, meta?.currency ?? null]
  const ofCard = [instanceId, title, metricId]
  if (points.length === 0) {
    return [[...ofCard, null, null, null, null, null, null, null, null, unit, currency, null, noteOf(widget, locale)]]
  }
  return points.map(({ difference, key, other, otherKey = null, partial, percent, series = null, value }, index) => [
    ...ofCard,
    series,
    names[index] ?? null,
    key,
    otherKey,
    value,
    other,
    difference,
    percent,
    unit,
    currency,
    partial === true ? "true" : null,
    null
  ])
}

export const comparisonCsv = ({ cards, locale }: ComparisonDocument): string =>
  csvText([header, ...cards.flatMap((card) => rowsOf(card, locale))])

const momentsOf = ({ asOf, createdAt, locale, timeZone }: ComparisonDocument) =>
  [createdAt, asOf].map((time) => asOfLabel({ asOf: time, locale, timeZone }))

/** Names both sides in a sentence. */
export const comparedSides = (document: ComparisonDocument): string => {
  const { t } = localizationOf(document.locale)
  const [frozen = "", other = ""] = momentsOf(document)
  return document.isWithNow ? t.comparedWithNow({ frozen, now: other }) : t.comparedWithSnapshot({ frozen, other })
}

const columnsOf = ({ names, widget: { meta, points } }: ComparedCard, document: ComparisonDocument) => {
  const localization = localizationOf(document.locale)
  const { t } = localization
  const [frozen = "", other = ""] = momentsOf(document)
  const { difference, full, percent } = comparedFormat(meta ?? { unit: "count" }, localization)
  const named = points.map(({ key, partial }, index) => {
    const name = names[index] ?? key
    return partial === true ? messagesOf(document.locale).documents.partialBucket({ bucket: name }) : name
  })
  return [
    textColumn(t.comparedName(), named, false),
    textColumn(frozen, points.map(({ value }) => full(value)), true),
    textColumn(document.isWithNow ? t.comparedNow() : other, points.map((point) => full(point.other)), true),
    textColumn(t.comparedDifference(), points.map((point) => difference(point.difference)), true),
    textColumn(t.comparedPercent(), points.map((point) => percent(point.percent)), true)
  ]
}

export const comparisonTables = (document: ComparisonDocument, room: number) => {
  const { cards, locale } = document
  const most = fittedRows(document)
  return cards.map((card, index) => {
    const { points } = card.widget
    const shown = Math.min(points.length, most[index] ?? 0)
    const counts = { shown: String(shown), rows: String(points.length) }
    const fewer = shown < points.length ? messagesOf(locale).documents.comparisonFewer(counts) : ""
    const cut = { ...card, widget: { ...card.widget, points: points.slice(0, shown) } }
    return {
      title: card.title,
      text: [noteOf(card.widget, locale), fewer].filter((text) => text !== "").join("  ·  "),
      parts: tableParts(columnsOf(cut, document), room, locale)
    }
  })
}
