import type { Subscription, Widget } from "../api/wire.ts"

export type Alert = NonNullable<Subscription["when"]>
export type Figure = Alert["of"]

/** An alert as a person types it. */
export interface ChosenAlert extends Pick<Alert, "instanceId" | "of" | "currency"> {
  readonly side: "above" | "below"
  readonly threshold: string
}

interface Shown {
  readonly shape: string
  readonly takesTimeframe: boolean
}

/** The figures of a widget that an alert can compare. The service also looks at the timeframe. */
export const figuresOf = (
  { groupBy, target }: Pick<Widget, "groupBy" | "target">,
  metric: Shown | undefined
): ReadonlyArray<Figure> => {
  const isStat = metric?.shape === "stat"
  const isPaced = target === true && groupBy === undefined && (isStat || metric?.shape === "timeseries")
  const isChanging = isStat && metric.takesTimeframe
  return [
    ...(isStat ? ["value"] as const : []),
    ...(isChanging ? ["deltaPct"] as const : []),
    ...(isPaced ? ["pace"] as const : [])
  ]
}

export const isComplete = ({ threshold }: ChosenAlert): boolean =>
  threshold.trim() !== "" && Number.isFinite(Number(threshold))

export const alertOf = ({ side, threshold, ...alert }: ChosenAlert): Alert => ({ ...alert, [side]: Number(threshold) })

export const chosenAlertOf = ({ above, below, ...alert }: Alert): ChosenAlert => ({
  ...alert,
  side: above === undefined ? "below" : "above",
  threshold: String(above ?? below ?? "")
})
