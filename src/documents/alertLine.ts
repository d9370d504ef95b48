import { type Alert, isBeyond } from "../domain/Alert.ts"
import type { Meta } from "../domain/Series.ts"
import { localizationOf } from "../languages/messagesOf.ts"
import { missing, numberFormat, percentFormat, sign } from "../presentation/numberFormat.ts"

export interface AlertFigure {
  readonly label: string
  readonly unit: Meta["unit"]
  /** Null if there is no number to compare. */
  readonly figure: number | null
}

const names = { value: "", deltaPct: "change ", pace: "pace " } as const

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
  const format = formatOf(alert, unit, locale)
  const direction = alert.above === undefined ? "below" : "above"
  const not = figure !== null && isBeyond(alert, figure) ? "" : "not "
  return `${label}: ${names[alert.of]}${format(figure)}, ${not}${direction} ${
    format(alert.above ?? alert.below ?? null)
  }`
}

const tests = {
  crossed: "This alert would be sent now.",
  not_crossed: "This alert would not be sent now.",
  told: "This alert would not be sent now, because the figure was beyond the threshold before.",
  alert_rests: "This alert would not be sent now, because less than 12 hours have passed since its last mail.",
  no_figure: "This alert would not be sent now, because there is no number to compare.",
  widget_removed:
    "This alert is not sent, because the report no longer has its widget, or the widget has no such figure."
} as const

/** Says whether an alert would be sent now. */
export const alertTestLine = (
  alert: Alert,
  verdict: Exclude<keyof typeof tests, "told">,
  told: AlertFigure,
  locale: string
): string => {
  if (verdict === "widget_removed") return tests.widget_removed
  const wasBeyond = verdict === "not_crossed" && told.figure !== null && isBeyond(alert, told.figure)
  return `${tests[wasBeyond ? "told" : verdict]} ${alertLine(alert, told, locale)}`
}
