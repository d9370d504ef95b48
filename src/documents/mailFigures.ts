import type { Stat } from "../domain/Stat.ts"
import type { Localization } from "../languages/Localization.ts"
import { localizationOf, messagesOf } from "../languages/messagesOf.ts"
import { cellText } from "../presentation/cellText.ts"
import { toneOf } from "../presentation/changeMark.ts"
import { changeTextOf, statOf } from "../presentation/changeOf.ts"
import { numberFormat } from "../presentation/numberFormat.ts"
import { sentenceOf } from "../presentation/sentenceOf.ts"
import { stateOf } from "../presentation/stateOf.ts"
import { tableOf } from "../presentation/tableOf.ts"
import { captionOf, commonWindow } from "./captions.ts"
import { type Document, type DocumentCard, seriesCardsOf } from "./Document.ts"

export interface Figure {
  readonly label: string
  readonly value: string
  readonly change: string
  readonly tone: "good" | "bad" | "muted"
}

export interface FigureGroup {
  readonly title: string
  /** Notes of the card, and the number of rows that are left out. */
  readonly caption: string
  readonly figures: ReadonlyArray<Figure>
}

/** Gmail shows only the first 102 kB of a mail. A row has about 700 bytes. */
const mostRows = 80
const mostOfChart = 5

const changeIn = (
  stat: Stat | null | undefined,
  { details, series: { meta } }: DocumentCard,
  localization: Localization
): Pick<Figure, "change" | "tone"> => {
  const change = stat ? changeTextOf(stat, meta, localization) : undefined
  return { change: change?.text ?? "", tone: toneOf(change?.direction ?? 0, details.moreIsBetter ?? null) }
}

const statFigure = (card: DocumentCard, localization: Localization): Figure => {
  const { series: { meta, stat }, title } = card
  const value = numberFormat(meta, localization).full(stat?.value ?? null)
  return { label: title, value, ...changeIn(stat, card, localization) }
}

/** The newest rows of a timeseries that have a point, and the first rows of other charts. */
const rowFigures = (card: DocumentCard, most: number, localization: Localization) => {
  const { series } = card
  const { columns, rows } = tableOf(series, localization)
  const text = cellText(series, localization)
  const labels = columns.flatMap((column, at) =>
    column.kind === "bucket" || column.kind === "label" ? [{ column, at }] : []
  )
  const values = columns.flatMap((column, at) => column.kind === "value" ? [{ column, at }] : [])
  const counted = series.shape === "timeseries" ? rows.slice(0, series.points.length) : rows
  const shown = series.shape === "timeseries" ? counted.slice(-most) : counted.slice(0, most)
  const figures = shown.map((row, index): Figure => ({
    label: labels.map(({ at, column }) => text(row[at] ?? null, column)).join(" "),
    value: values.map(({ at, column }) => {
      const value = text(row[at] ?? null, column)
      return values.length === 1 ? value : `${column.label} ${value}`
    }).join(", "),
    ...changeIn(series.shape === "timeseries" ? undefined : statOf(series.points[index]), card, localization)
  }))
  return { figures, left: counted.length - shown.length }
}

const leftOut = (left: number, isFile: boolean, locale: string): ReadonlyArray<string> => {
  const t = messagesOf(locale).mails
  if (left === 0) return []
  return [isFile ? t.moreRowsInFile({ count: left }) : t.moreRowsInReport({ count: left })]
}

export const figuresOf = (document: Document, isFile: boolean): ReadonlyArray<FigureGroup> => {
  const cards = seriesCardsOf(document)
  const localization = localizationOf(document.locale)
  const common = commonWindow(document)
  const most = Math.max(1, Math.min(mostOfChart, Math.floor(mostRows / Math.max(1, cards.length)) - 1))
  return cards.map((card) => {
    const caption = captionOf(card, document, common)
    const state = stateOf(card.series, localization)
    if (state.kind !== "filled") return { title: card.title, caption: `${state.title}. ${state.text}`, figures: [] }
    if (card.series.shape === "stat") return { title: "", caption, figures: [statFigure(card, localization)] }
    const { figures, left } = rowFigures(card, most, localization)
    const captions = [caption, ...leftOut(left, isFile, document.locale)].filter((text) => text !== "")
    return { title: card.title, caption: captions.join("  ·  "), figures }
  })
}

/** A title or a name with a line break could pass for a line of the service, such as the link to the report. */
export const asLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")

const groupLines = ({ caption, figures, title }: FigureGroup): ReadonlyArray<string> => [
  ...(title === "" ? [] : ["", title]),
  ...figures.map(({ change, label, value }) => `${label}: ${value}${change === "" ? "" : ` (${change})`}`),
  ...(caption === "" ? [] : [caption]),
  ...(title === "" ? [] : [""])
]

/** The numbers of a report as text. */
export const figureLines = (document: Document, isFile: boolean): ReadonlyArray<string> =>
  figuresOf(document, isFile).flatMap(groupLines)

const mostOfAlt = 1_500

/** The alternative text of the picture. */
export const altOf = (document: Document): string => {
  const localization = localizationOf(document.locale)
  const sentences = seriesCardsOf(document).map(({ series, title }) => sentenceOf(series, title, localization))
  const text = [document.title, ...sentences].map((sentence) => sentence.replace(/\.$/, "")).join(". ")
  return text.length <= mostOfAlt ? text : `${text.slice(0, mostOfAlt).toWellFormed()}…`
}
