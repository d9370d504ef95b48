import type { CatalogEntry } from "../domain/CatalogEntry.ts"
import type { Design } from "../domain/Design.ts"
import { aheadPresets, defaultTimeframe, defaultTimeframeAhead, type Timeframe } from "../domain/Timeframe.ts"
import type { DesignMessages } from "../languages/compiled/design.ts"
import { languageOf } from "../languages/Language.ts"
import { messagesOf } from "../languages/messagesOf.ts"
import { bucketNameIn, presetNamesIn } from "../presentation/timeframeNames.ts"
import { type Card, filterNames, placed } from "./Card.ts"
import { namedIn, type Names } from "./filtersOf.ts"

/** A sentence about the draft. `labelOf` gives the label of a metric. */
export type Note = (t: DesignMessages, labelOf: (metricId: string) => string) => string

export interface Found {
  readonly title: string
  readonly description?: string
  readonly cards: ReadonlyArray<Card>
  /** A timeframe after now belongs only to the cards that count ahead. */
  readonly timeframe: Timeframe
  readonly notUnderstood: ReadonlyArray<string>
  /** Sentences about parts of the wish that the draft answers otherwise. */
  readonly notes?: ReadonlyArray<Note>
}

const maxTitle = 80
const mostWords = 20
const maxWord = 100

const shortened = (text: string, most: number): string => {
  const points = Array.from(text.replaceAll(/\s+/g, " ").trim())
  return points.length <= most ? points.join("") : `${points.slice(0, most - 1).join("")}…`
}

const titleOf = (text: string, t: DesignMessages): string => {
  const title = shortened(text, maxTitle).replace(/ \S{0,20}…$/, "…") || t.newReport()
  return title.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

type Messages = ReturnType<typeof messagesOf>

const spanWords = ({ from, preset, to }: Timeframe, { design, presentation }: Messages): string =>
  from !== undefined && to !== undefined ? design.span({ from, to }) : presetNamesIn(presentation)[preset] ?? preset

const windowWords = (timeframe: Timeframe, messages: Messages): string =>
  `${spanWords(timeframe, messages)}, ${bucketNameIn(messages.presentation, timeframe.bucket)}`

/** German nouns have capital letters in a sentence, too. */
const inSentence = (label: string, locale: string): string => languageOf(locale) === "de" ? label : label.toLowerCase()

const isPast = ({ preset }: Timeframe): boolean => preset === "yesterday" || preset.startsWith("last_")

/** A card that counts ahead has its own timeframe, because that of the report usually ends today. */
const windowsOf = ({ cards, timeframe }: Found, entries: ReadonlyArray<CatalogEntry>, messages: Messages) => {
  const isAhead = aheadPresets.has(timeframe.preset)
  const ownOf = ({ timeframe: own = timeframe }: Card) => isPast(own) ? defaultTimeframeAhead : own
  const ahead = new Set(entries.filter(({ countsAhead }) => countsAhead).map(({ id }) => id))
  return {
    cards: cards.map((card) => ahead.has(card.metricId) ? { ...card, timeframe: ownOf(card) } : card),
    ofReport: isAhead ? defaultTimeframe : timeframe,
    ignored: isAhead && !cards.some(({ metricId }) => ahead.has(metricId)) ? [spanWords(timeframe, messages)] : []
  }
}

const cardWords = (
  { comparePrevious, filters, groupBy, metricId, timeframe, within }: Card,
  entries: ReadonlyArray<CatalogEntry>,
  names: Names,
  locale: string
) => {
  const messages = messagesOf(locale)
  const { design: t } = messages
  const label = (key: string) => entries.flatMap(({ dimensions }) => dimensions).find((one) => one.key === key)?.label
  const entry = entries.find(({ id }) => id === metricId)
  const dimension = entry?.dimensions.find(({ key }) => key === groupBy)
  const only = namedIn(names).filter(({ key, value }) =>
    filterNames(key).some((name) => filters?.[name]?.includes(value))
  )
  return [
    entry?.label ?? metricId,
    ...(dimension === undefined ? [] : [t.byDimension({ dimension: inSentence(dimension.label, locale) })]),
    ...(only.length === 0
      ? []
      : [
        t.onlyNames({
          names: only.map(({ key, name }) => `${inSentence(label(key) ?? key, locale)} ${name}`).join(", ")
        })
      ]),
    ...(within === undefined ? [] : [t.withinDays({ days: String(within) })]),
    ...(comparePrevious === true ? [t.compared()] : []),
    ...(timeframe === undefined ? [] : [windowWords(timeframe, messages)])
  ].join(", ")
}

/** The texts are in the language of `locale`, as the labels of the entries are. */
export const draftOf = (
  found: Found,
  entries: ReadonlyArray<CatalogEntry>,
  names: Names,
  locale: string
): Pick<Design, "draft" | "understood" | "notUnderstood"> => {
  const messages = messagesOf(locale)
  const { cards, ignored, ofReport } = windowsOf(found, entries, messages)
  const missing = [...found.notUnderstood, ...ignored]
  return {
    draft: {
      title: titleOf(found.title, messages.design),
      description: found.description ?? null,
      layout: placed(cards),
      defaultTimeframe: ofReport
    },
    understood: cards.length === 0 ? [] : [
      ...cards.map((card) => cardWords(card, entries, names, locale)),
      windowWords(ofReport, messages)
    ],
    notUnderstood: [...new Set(missing.map((word) => shortened(word, maxWord)))].slice(0, mostWords)
  }
}
