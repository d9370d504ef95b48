import type { MetricSeries } from "../domain/Series.ts"
import { changeTextOf } from "./changeOf.ts"
import { numberFormat } from "./numberFormat.ts"
import { stateOf } from "./stateOf.ts"
import { tableOf } from "./tableOf.ts"
import { targetMark } from "./targetOf.ts"

/** A widget in words, for screen readers and mails, such as `Win rate: 46.9%, −19 points from 65.9%`. */
export const sentenceOf = (series: MetricSeries, title: string, locale = "en"): string => {
  const state = stateOf(series)
  if (state.kind !== "filled") return `${title}: ${state.title}. ${state.text}`
  const mark = targetMark(series.meta, locale)
  const goal = mark === undefined ? "" : `, ${mark.attained}, ${mark.due}`
  if (series.stat !== null) {
    const { full } = numberFormat(series.meta, locale)
    const change = changeTextOf(series.stat, series.meta, locale)
    const told = change === undefined ? "" : `, ${change.text} from ${full(series.stat.previous)}`
    return `${title}: ${full(series.stat.value)}${told}${goal}`
  }
  const { length } = tableOf(series).rows
  return `${title}: chart of ${length === 1 ? "1 row" : `${length} rows`}${goal}. The table shows every number.`
}
