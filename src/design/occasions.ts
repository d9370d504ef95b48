import { templates } from "../templates.ts"
import type { Card } from "./Card.ts"
import type { Occasion } from "./languages/Language.ts"
import type { MetricIndex } from "./metricIndex.ts"
import { anyOf } from "./vocabulary.ts"
import { take, type Word } from "./words.ts"

/** The order decides if a wish names several occasions. */
const occasions = ["work", "team", "sources", "pipeline", "activity", "goals", "overview"] as const

const patterns = occasions.map((occasion) => ({
  occasion,
  pattern: new RegExp(`(?<!\\S)${anyOf((language) => language.occasions[occasion])}(?!\\S)`)
}))

export const occasionIn = (words: ReadonlyArray<Word>) => {
  for (const { occasion, pattern } of patterns) {
    const taken = take(words, pattern)
    if (taken !== undefined) return { occasion, ...taken }
  }
  return { occasion: undefined, text: "", rest: words }
}

const report = new RegExp(`^${anyOf(({ reports }) => reports.replaceAll(", ", "|"))}$`)
export const isReport = (folded: string): boolean => report.test(folded)

interface Suggestion {
  readonly title: string
  readonly cards: ReadonlyArray<Omit<Card, "chart"> & { readonly chart: string }>
  readonly preset: string
}

const work: Suggestion = {
  title: "What to do next",
  preset: "last_30d",
  cards: [
    { metricId: "tasks.overdue", chart: "stat" },
    { metricId: "leads.never_called", chart: "stat" },
    { metricId: "tasks.by_status", chart: "donut" }
  ]
}

const suggestionFor = (occasion: Occasion): Suggestion | undefined => {
  if (occasion === "work") return work
  const template = templates.find(({ name }) => name === occasion)
  return template?.defaultTimeframe && {
    title: template.title,
    preset: template.defaultTimeframe.preset,
    cards: template.layout.widgets.map(({ chart, groupBy, metricId, target, title }) => ({
      metricId,
      chart,
      ...(groupBy !== undefined && { groupBy }),
      ...(target !== undefined && { target }),
      ...(title !== undefined && { title })
    }))
  }
}

/** Returns the cards of the nearest template that the caller may use. A member gets the overview instead of one for admins. */
export const suggestionOf = (occasion: Occasion, { entries }: MetricIndex) => {
  const cardsOf = (suggestion: Suggestion | undefined): ReadonlyArray<Card> =>
    suggestion?.cards.flatMap((card) => {
      const entry = entries.find(({ entry }) => entry.id === card.metricId)?.entry
      const chart = entry?.charts.find((one) => one === card.chart)
      return chart === undefined ? [] : [{ ...card, chart }]
    }) ?? []
  const isForAdmins = templates.some(({ adminOnly, name }) => adminOnly && name === occasion) &&
    !entries.some(({ entry }) => entry.category === "team")
  const suggestion = suggestionFor(isForAdmins ? "overview" : occasion)
  return { title: suggestion?.title ?? "", preset: suggestion?.preset ?? "last_30d", cards: cardsOf(suggestion) }
}
