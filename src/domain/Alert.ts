import { DateTime, Schema } from "effect"
import { closed } from "./closed.ts"
import { InstanceId } from "./Run.ts"
import type { MetricSeries } from "./Series.ts"
import { Currency } from "./Target.ts"
import { undocumented } from "./Text.ts"

const figures = ["value", "deltaPct", "pace"] as const

const faultOfThreshold = (
  { above, below }: { readonly above?: number | undefined; readonly below?: number | undefined }
): string | undefined =>
  (above === undefined) === (below === undefined) ? "must have either `above` or `below`" : undefined

export const Alert = closed({
  instanceId: InstanceId.annotateKey({ description: "The widget of the report." }),
  of: Schema.Literals(figures).annotate({ message: `Expected one of ${figures.join(", ")}` }).annotateKey({
    description:
      "`value`: the number of a stat. `deltaPct`: the change of a stat since the window before, in percent. `pace`: the number of a widget with a target, as a percentage of what is due by now."
  }),
  above: Schema.optionalKey(Schema.Finite).annotateKey({
    description: "The figure is beyond the threshold if it is greater. Has the unit of the figure."
  }),
  below: Schema.optionalKey(Schema.Finite).annotateKey({
    description: "The figure is beyond the threshold if it is less. Has the unit of the figure."
  }),
  currency: Schema.optionalKey(Currency).annotateKey({
    description:
      "Only for the `value` of a widget in money. A number in another currency is not compared. Default: the currency of the organization."
  })
}, "property of an alert").check(Schema.makeFilter(faultOfThreshold, undocumented)).annotate({
  identifier: "Alert",
  description: "Has either `above` or `below`."
})
export type Alert = typeof Alert.Type

/** The result of the last judgement for a recipient. `basis` is a hash of the role, condition, view, and widget. */
export const AlertState = Schema.Struct({
  basis: Schema.String,
  isBeyond: Schema.Boolean,
  mailedAt: Schema.NullOr(Schema.DateTimeUtcFromString)
})
export type AlertState = typeof AlertState.Type

/** So much time lies between two mails of an alert to a person. */
export const alertRest = "12 hours"

const valueOf = ({ currency }: Alert, { meta, stat }: MetricSeries): number | null =>
  meta.unit === "money" && meta.currency !== currency ? null : stat?.value ?? null

const paceOf = ({ meta: { target } }: MetricSeries): number | null => {
  if (target === undefined || "error" in target) return null
  const { expectedByNow, remaining, value } = target
  if (value === null || remaining === null || expectedByNow === null || expectedByNow <= 0) return null
  return Math.round((value - remaining) / expectedByNow * 1_000) / 10
}

/** Returns null if the widget failed, has no numbers for this person, or has a number that cannot be compared. */
export const figureOf = (alert: Alert, series: MetricSeries): number | null => {
  const { error, meta, stat } = series
  if (error !== undefined || meta.gated !== undefined || meta.filters.invalid === true) return null
  switch (alert.of) {
    case "value":
      return valueOf(alert, series)
    case "deltaPct":
      return stat?.deltaPct ?? null
    case "pace":
      return paceOf(series)
  }
}

export const isBeyond = ({ above, below }: Alert, figure: number): boolean =>
  above === undefined ? below !== undefined && figure < below : figure > above

/** `state` is the one after the judgement. It is undefined if the state does not change. */
export type Judgement =
  | { readonly verdict: "crossed"; readonly state: AlertState }
  | { readonly verdict: "not_crossed"; readonly state: AlertState }
  | { readonly verdict: "alert_rests"; readonly state: undefined }
  | { readonly verdict: "no_figure"; readonly state: undefined }

/** A state with another basis does not count, so the alert begins anew: its figure was not beyond the threshold. */
export const judgementOf = (
  alert: Alert,
  figure: number | null,
  basis: string,
  before: AlertState | null,
  now: DateTime.Utc
): Judgement => {
  if (figure === null) return { verdict: "no_figure", state: undefined }
  const { isBeyond: wasBeyond, mailedAt } = before?.basis === basis ? before : { isBeyond: false, mailedAt: null }
  const beyond = isBeyond(alert, figure)
  if (!beyond || wasBeyond) return { verdict: "not_crossed", state: { basis, isBeyond: beyond, mailedAt } }
  if (mailedAt !== null && DateTime.isLessThan(now, DateTime.addDuration(mailedAt, alertRest))) {
    return { verdict: "alert_rests", state: undefined }
  }
  return { verdict: "crossed", state: { basis, isBeyond: true, mailedAt: now } }
}
