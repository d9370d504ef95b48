import { counted } from "../domain/counted.ts"
import type { MetricSeries } from "../domain/Series.ts"
import { numberFormat } from "./numberFormat.ts"
import { peopleCount } from "./peopleCount.ts"
import { figuresOf, targetFault } from "./targetOf.ts"
import { windowLabel } from "./windowLabel.ts"

const excludedNotes = ({ meta }: MetricSeries, locale: string) =>
  (meta.excluded ?? []).map(({ count, currency, total }) => {
    const amount = numberFormat({ unit: "money", currency }, locale).card(total)
    return `Without ${counted(count, "deal", "deals")} in ${currency} (${amount})`
  })

const partialNotes = (series: MetricSeries) => {
  if (series.shape !== "timeseries" || !series.points.some(({ partial }) => partial === true)) return []
  const { window, within } = series.meta
  return [
    within === undefined
      ? `Lighter: part of a ${window?.bucket ?? "day"}`
      : `Lighter: not all leads have had ${within} days yet`
  ]
}

const previousNotes = (series: MetricSeries, locale: string) => {
  const { previousWindow, window } = series.meta
  if (series.shape !== "timeseries" || series.previousPoints === undefined) return []
  if (previousWindow === undefined || window === undefined) return []
  const name = series.series.length > 1 ? "Previous period, in the table" : "Dashed: previous period"
  return [`${name}, ${windowLabel({ ...window, ...previousWindow }, locale)}`]
}

const filterNotes = ({ meta: { filters: { applied, ignored, invalid } } }: MetricSeries) => {
  const empty = Object.keys(applied).filter((key) => applied[key]?.length === 0)
  return [
    ...(invalid === true ? ["Nothing counted: the filters are not valid"] : []),
    ...(empty.length === 0 ? [] : [`Nothing counted: no valid value for ${empty.join(", ")}`]),
    ...(ignored.length === 0 ? [] : [`Not filtered by ${ignored.join(", ")}`])
  ]
}

const targetNotes = ({ meta }: MetricSeries) => {
  const figures = figuresOf(meta)
  const fault = targetFault(meta)
  if (fault !== undefined) return [`No target: ${fault}`]
  if (figures === undefined) return []
  if (figures.value === null) return ["No target is set for this timeframe"]
  return [
    ...(figures.missing === 0 ? [] : [`${peopleCount(figures.missing)} without a target`]),
    ...(figures.additive ? [] : ["Shared records count once, and targets of several people are added"])
  ]
}

const forecastNotes = ({ meta }: MetricSeries, locale: string) => {
  const amount = numberFormat({ ...meta, unit: "money" }, locale).card
  const { deals, withoutDate, withoutWeight = [] } = meta
  return [
    ...(deals === undefined ? [] : [counted(deals, "overdue deal", "overdue deals")]),
    ...(withoutDate === undefined || withoutDate.count === 0
      ? []
      : [`${counted(withoutDate.count, "deal has", "deals have")} no date (${amount(withoutDate.total)})`]),
    ...withoutWeight.map(({ count, label, total }) =>
      `Without ${counted(count, "deal", "deals")} in ${label}, because it has no weight (${amount(total)})`
    )
  ]
}

const cohortNote = (without: number) =>
  `Without ${counted(without, "lead", "leads")} that ${without === 1 ? "has" : "have"} no status history`

const coverageNotes = ({ meta: { coverage, within } }: MetricSeries) => {
  if (coverage === undefined) return []
  const without = coverage.leads - coverage.withSpells
  if (within !== undefined) {
    return [`Clients within ${within} days of their entry`, ...(without === 0 ? [] : [cohortNote(without)])]
  }
  const only = without === 1 ? "1 lead counts" : `${counted(without, "lead", "leads")} count`
  return [
    "Percentages of the step before",
    ...(without === 0 ? [] : [`${only} only by status now, without a status history`])
  ]
}

export const notesOf = (series: MetricSeries, locale = "en"): ReadonlyArray<string> => [
  ...filterNotes(series),
  ...forecastNotes(series, locale),
  ...excludedNotes(series, locale),
  ...targetNotes(series),
  ...coverageNotes(series),
  ...(series.meta.truncated === undefined ? [] : [`${peopleCount(series.meta.truncated)} not shown`]),
  ...partialNotes(series),
  ...previousNotes(series, locale)
]
