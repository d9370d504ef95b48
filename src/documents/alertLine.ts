import { type Alert, isBeyond } from "../domain/Alert.ts"
import type { Meta } from "../domain/Series.ts"
import { localizationOf, messagesOf } from "../languages/messagesOf.ts"
import { missing, numberFormat, percentFormat, sign } from "../presentation/numberFormat.ts"

export interface AlertFigure {
  readonly label: string
  readonly unit: Meta["unit"]
  /** Null if there is no number to compare. */
  readonly figure: number | null
}

const formatOf = ({ currency, of }: Alert, unit: Meta["unit"], locale: string) => {
  if (of === "value") {
    return numberFormat({ unit, ...(currency !== undefined && { currency }) }, localizationOf(locale)).full
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
  const format = formatOf(alert, unit, locale)
  const isTrue = figure !== null && isBeyond(alert, figure)
  const [yes, no] = alert.above === undefined ? ["below", "notBelow"] : ["above", "notAbove"]
  const texts = { value: t.alertValue, deltaPct: t.alertChange, pace: t.alertPace } as const
  return texts[alert.of]({
    label,
    figure: format(figure),
    side: isTrue ? yes : no,
    threshold: format(alert.above ?? alert.below ?? null)
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
