import type { ComparedPoint, ComparedWidget, IncomparableReason } from "../../domain/Comparison.ts"
import { numberFormats } from "../../domain/numberFormats.ts"
import { other as otherKey } from "../../domain/reservedKeys.ts"
import type { WidgetRequest } from "../../domain/Run.ts"
import type { MetricSeries, Unit } from "../../domain/Series.ts"
import type { Snapshot } from "../../domain/Snapshot.ts"
import { metricsById } from "../../metrics/all.ts"
import { bucketsIn } from "./timeseries.ts"
import { percentOf, toNumber } from "./values.ts"

export interface Side {
  readonly widgets: ReadonlyArray<WidgetRequest>
  readonly series: ReadonlyArray<MetricSeries>
}

export interface Compared {
  readonly widget: WidgetRequest
  readonly series: MetricSeries
}

interface Entry extends Pick<ComparedPoint, "key" | "label" | "series"> {
  /** Entries of both sides with equal places are compared. */
  readonly place: string
  readonly value: number | null
}

const messages: { readonly [reason in IncomparableReason]: string } = {
  scope: "The two sides count the rows of different people.",
  time_zone: "The two sides have different time zones.",
  week_start: "The weeks of the two sides begin on different days.",
  currency: "The two sides have different currencies.",
  metric: "The widget has different metrics.",
  group_by: "The widget is grouped differently.",
  filters: "The widget has different filters.",
  weights: "The stages of deals have different weights.",
  within: "The widget counts different numbers of days.",
  bucket: "The widget has buckets of different sizes.",
  error: "The widget has no numbers on one of the two sides.",
  missing: "Only one of the two sides has this widget."
}

interface Counted {
  readonly scope: Snapshot["scope"]
  readonly series: ReadonlyArray<MetricSeries>
}

export const isOfEveryone = (series: ReadonlyArray<MetricSeries>) =>
  series.some(({ meta }) => meta.scope.kind === "everyone")

export const haveEqualScopes = (one: Counted, other: Counted): boolean => {
  if (isOfEveryone(one.series) || isOfEveryone(other.series)) {
    return isOfEveryone(one.series) && isOfEveryone(other.series)
  }
  const ids = new Set(one.scope.assigneeIds)
  return ids.size === new Set(other.scope.assigneeIds).size && other.scope.assigneeIds.every((id) => ids.has(id))
}

const differ = (one: unknown, other: unknown) => one !== undefined && other !== undefined && one !== other

/** The order of the keys does not count. */
const textOf = (...values: ReadonlyArray<object>) => JSON.stringify(values.map((one) => Object.entries(one).sort()))

/** With filters that are not an object, nothing is counted. */
const filtersOf = ({ meta: { filters: { also = {}, applied, invalid = false } } }: MetricSeries) =>
  textOf(applied, also, { invalid })

const weightsOf = ({ meta: { weights } }: MetricSeries) => weights && textOf(weights)

export const reasonFor = (one: Compared, other: Compared, isScopeEqual: boolean): IncomparableReason | undefined => {
  const [from, to] = [one.series, other.series]
  const [window, otherWindow] = [from.meta.window, to.meta.window]
  const checks: ReadonlyArray<readonly [IncomparableReason, boolean]> = [
    ["scope", !isScopeEqual],
    ["time_zone", differ(window?.timeZone, otherWindow?.timeZone)],
    ["week_start", differ(window?.weekStart, otherWindow?.weekStart)],
    ["currency", differ(from.meta.currency, to.meta.currency)],
    ["metric", one.widget.metricId !== other.widget.metricId],
    ["group_by", one.widget.groupBy !== other.widget.groupBy],
    ["filters", filtersOf(from) !== filtersOf(to)],
    ["weights", differ(weightsOf(from), weightsOf(to))],
    ["within", differ(from.meta.within, to.meta.within)],
    ["bucket", from.shape === "timeseries" && differ(window?.bucket, otherWindow?.bucket)],
    ["error", from.error !== undefined || to.error !== undefined || from.shape !== to.shape],
    ["error", from.meta.gated !== to.meta.gated]
  ]
  return checks.find(([, isBroken]) => isBroken)?.[0]
}

export const entriesOf = (series: MetricSeries): ReadonlyArray<Entry> => {
  if (series.shape === "stat") {
    return [{ place: "", key: "", label: "", value: series.stat?.value ?? null }]
  }
  if (series.shape !== "timeseries") {
    return series.points.map(({ category, label, value }) => ({ place: category, key: category, label, value }))
  }
  return series.points.flatMap((point, position) =>
    series.series.map(({ key, label }) => {
      const value = point[key]
      return {
        place: `${position} ${key}`,
        key: point.bucket,
        series: key,
        label,
        value: typeof value === "number" ? value : null
      }
    })
  )
}

/** Without its own entry, a group counted nothing, unless it may be among those that were left out. */
export const absentIn = (series: MetricSeries): number | null => {
  const { truncated, unit } = series.meta
  const isCut = truncated !== undefined || series.series.some((one) => one.key === otherKey) ||
    series.points.some((point) => "category" in point && point.category === otherKey)
  return isCut || (unit !== "count" && unit !== "money") ? null : 0
}

const scaled = (value: number, unit: Unit) => BigInt(value.toFixed(numberFormats[unit].decimals).replace(".", ""))

const changeOf = (unit: Unit, value: number | null, other: number | null) => {
  if (value === null || other === null) return { value, other, difference: null, percent: null }
  const from = scaled(value, unit)
  const difference = scaled(other, unit) - from
  return {
    value,
    other,
    difference: toNumber(difference, numberFormats[unit].decimals),
    percent: unit === "percent" ? null : percentOf(difference, from < 0n ? -from : from)
  }
}

const readOf = ({ series, widget }: Compared) => {
  const entries = new Map(entriesOf(series).map((entry) => [entry.place, entry]))
  const buckets = bucketsIn(series, metricsById.get(widget.metricId))
  const absent = absentIn(series)
  const at = (place: string) => {
    const [entry, bucket] = [entries.get(place), buckets[Number.parseInt(place, 10)]]
    const missing = series.shape === "timeseries" && bucket === undefined ? null : absent
    return { entry, bucket, value: entry === undefined ? missing : entry.value }
  }
  return { at, places: [...entries.keys()] }
}

const pointsOf = (from: Compared, to: Compared): ReadonlyArray<ComparedPoint> => {
  const [read, otherRead] = [readOf(from), readOf(to)]
  return [...new Set([...read.places, ...otherRead.places])].flatMap((place) => {
    const [one, other] = [read.at(place), otherRead.at(place)]
    const shown = one.entry ?? other.entry
    if (shown === undefined) return []
    return [{
      key: one.bucket?.bucket ?? shown.key,
      ...(to.series.shape === "timeseries" && { otherKey: other.bucket?.bucket ?? null }),
      ...(shown.series !== undefined && { series: shown.series }),
      label: shown.label,
      ...changeOf(from.series.meta.unit, one.value, other.value),
      ...((one.bucket?.partial === true || other.bucket?.partial === true) && { partial: true as const })
    }]
  })
}

export const sideIn = ({ series, widgets }: Side, instanceId: string): Compared | undefined => {
  const widget = widgets.find((one) => one.instanceId === instanceId)
  const found = series.find((one) => one.instanceId === instanceId)
  return widget === undefined || found === undefined ? undefined : { widget, series: found }
}

const incomparable = (reason: IncomparableReason) => ({
  points: [],
  incomparable: { reason, message: messages[reason] }
})

export const idsOf = (side: Side, other: Side): ReadonlyArray<string> => [
  ...new Set([...side.widgets, ...other.widgets].map(({ instanceId }) => instanceId))
]

/** Compares the widgets with this `instanceId`. Returns undefined if neither side has its series. */
export const compareWidget = (
  side: Side,
  other: Side,
  isScopeEqual: boolean,
  instanceId: string
): ComparedWidget | undefined => {
  const [from, to] = [sideIn(side, instanceId), sideIn(other, instanceId)]
  const shown = from ?? to
  if (shown === undefined) return undefined
  const reason = from && to ? reasonFor(from, to, isScopeEqual) : "missing"
  return {
    instanceId,
    metricId: shown.widget.metricId,
    ...(reason === undefined && from && to
      ? { points: pointsOf(from, to) }
      : incomparable(reason ?? "missing")),
    ...(from && { meta: from.series.meta }),
    ...(to && { otherMeta: to.series.meta })
  }
}
