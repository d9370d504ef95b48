import type { MetricSeries } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import { changeInWords } from "./changeOf.ts"
import { numberFormat } from "./numberFormat.ts"
import { stateOf } from "./stateOf.ts"
import { tableOf } from "./tableOf.ts"
import { targetMark } from "./targetOf.ts"

/** A widget in words, for screen readers and mails, such as `Win rate: 46.9%, −19 points from 65.9%`. */
export const sentenceOf = (series: MetricSeries, title: string, localization: Localization): string => {
  const state = stateOf(series, localization)
  if (state.kind !== "filled") return `${title}: ${state.title}. ${state.text}`
  const mark = targetMark(series.meta, { localization })
  const { t } = localization
  if (series.stat !== null) {
    const { full } = numberFormat(series.meta, localization)
    const parts = [
      full(series.stat.value),
      changeInWords(series.stat, series.meta, localization),
      mark?.attained,
      mark?.due
    ]
    return `${title}: ${parts.filter((part) => part !== undefined).join(", ")}`
  }
  const count = tableOf(series, localization).rows.length
  return mark === undefined ? t.chartOfRows({ title, count }) : t.chartOfRowsWithTarget({ title, count, ...mark })
}
