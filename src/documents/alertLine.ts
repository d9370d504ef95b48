import { type Alert, isBeyond } from "../domain/Alert.ts"
import type { Meta } from "../domain/Series.ts"
import { localizationOf, messagesOf } from "../languages/messagesOf.ts"
import { missing, numberFormat, percentFormat, sign, smallUnitFormat } from "../presentation/numberFormat.ts"

export interface AlertFigure {
  readonly label: string
  readonly unit: Meta["unit"]
  /** Null if there is no number to compare. */
  readonly figure: number | null
}

/** A figure and a threshold that differ have different texts, such as `90.4 min, above 90 min`. */
const formatOf = (
  { currency, of }: Alert,
  unit: Meta["unit"],
  locale: string,
  compared: ReadonlyArray<number | null>
) => {
  if (of === "value") {
    const { full } = numberFormat({ unit, ...(currency !== undefined && { currency }) }, localizationOf(locale))
    const isDuration = unit === "minutes" || unit === "seconds"
    return isDuration && new Set(compared.map(full)).size < new Set(compared).size
      ? smallUnitFormat(unit, locale)
      : full
  }
  const percent = percentFormat(locale)
  return (value: number | null) => {
    if (value === null) return missing
    return of === "pace" ? percent.format(value / 100) : sign(value, percent.format(Math.abs(value) / 100))
  }
}

/** Such as `Win rate: 32%, below 40%`, or `Won value: change −12.5%, not above +10%`. */
export const alertLine = (alert: Alert, { figure, label, unit }: AlertFigure, locale: string): string => {
  const t = messagesOf(locale).mails
  const threshold = alert.above ?? alert.below ?? null
  const format = formatOf(alert, unit, locale, [figure, threshold])
  const isTrue = figure !== null && isBeyond(alert, figure)
  const [yes, no] = alert.above === undefined ? ["below", "notBelow"] : ["above", "notAbove"]
  const texts = { value: t.alertValue, deltaPct: t.alertChange, pace: t.alertPace } as const
  return texts[alert.of]({
    label,
    figure: format(figure),
    side: isTrue ? yes : no,
    threshold: format(threshold)
  })
}

/** Says whether an alert would be sent now. */
export const alertTestLine = (
  alert: Alert,
  verdict: "crossed" | "not_crossed" | "alert_rests" | "no_figure" | "widget_removed",
  told: AlertFigure,
  locale: string
): string => {
  const t = messagesOf(locale).mails
  if (verdict === "widget_removed") return t.alertWidgetRemoved()
  const texts = {
    crossed: t.alertCrossed,
    not_crossed: told.figure !== null && isBeyond(alert, told.figure) ? t.alertTold : t.alertNotCrossed,
    alert_rests: t.alertRests,
    no_figure: t.alertNoFigure
  } as const
  return texts[verdict]({ line: alertLine(alert, told, locale) })
}
