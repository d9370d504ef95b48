import { DateTime } from "effect"
import { type GapReason, gapReasons, type RecordedWidget, type ReportHistory } from "../../domain/History.ts"
import { requestsOf } from "../../domain/Layout.ts"
import { storedTimeframe } from "../../domain/lenient.ts"
import type { MetricSeries } from "../../domain/Series.ts"
import { absentIn, type Compared, entriesOf, haveEqualScopes, reasonFor, sideIn } from "./compare.ts"

const gapMessages: { readonly [reason in GapReason]: string } = {
  shape: "The widget is a chart over time, so the numbers of each snapshot are already a history.",
  scope: "The snapshot counts the rows of other people.",
  time_zone: "The snapshot has another time zone.",
  week_start: "The weeks of the snapshot begin on another day.",
  currency: "The snapshot has another currency.",
  metric: "The widget has another metric in the snapshot.",
  group_by: "The widget is grouped differently in the snapshot.",
  filters: "The widget has other filters in the snapshot.",
  weights: "The stages of deals have other weights in the snapshot.",
  within: "The widget counts another number of days in the snapshot.",
  bucket: "The widget has buckets of another size in the snapshot.",
  error: "The widget has no numbers in the snapshot.",
  missing: "The snapshot does not have the widget.",
  timeframe: "The widget has another timeframe in the snapshot."
}

interface Recorded {
  readonly snapshot: RecordedWidget
  readonly side: Compared | undefined
}

interface Known extends Recorded {
  readonly side: Compared
}

/** A widget that is gated, or has filters that are not an object, counts nothing. */
const isKnown = (recorded: Recorded): recorded is Known =>
  recorded.side !== undefined && recorded.side.series.error === undefined &&
  recorded.side.series.meta.gated === undefined && recorded.side.series.meta.filters.invalid !== true

/** A metric of the current state has no window, so its numbers do not depend on the timeframe. */
const timeframeOf = ({ side, snapshot }: Known): string => {
  if (side.series.meta.window === undefined) return ""
  const { from, preset, to } = side.widget.timeframe ?? storedTimeframe(snapshot.timeframe)
  return JSON.stringify([preset, from, to])
}

const reasonsOf = (recorded: Recorded, reference: Known | undefined): ReadonlyArray<GapReason | undefined> => {
  if (recorded.side === undefined) return ["missing"]
  if (!isKnown(recorded) || reference === undefined) return ["error"]
  const isScopeEqual = haveEqualScopes(
    { ...reference.snapshot, series: [reference.side.series] },
    { ...recorded.snapshot, series: [recorded.side.series] }
  )
  return [
    recorded.side.series.shape === "timeseries" ? "shape" : undefined,
    reasonFor(reference.side, recorded.side, isScopeEqual),
    timeframeOf(reference) === timeframeOf(recorded) ? undefined : "timeframe"
  ]
}

const reasonOf = (recorded: Recorded, reference: Known | undefined): GapReason | undefined => {
  const reasons = new Set(reasonsOf(recorded, reference))
  return gapReasons.find((reason) => reasons.has(reason))
}

/** A single number has the key `value`. */
const valuesOf = (series: MetricSeries) =>
  entriesOf(series).map(({ key, label, value }) => {
    const [only] = series.series
    return series.shape === "stat" ? { key: "value", label: only?.label ?? "", value } : { key, label, value }
  })

/** The entries of a snapshot are read once, because each key of the history is looked up in them. */
const numbersOf = (series: MetricSeries) => {
  const values = new Map<string, number | null>()
  for (const { key, value } of valuesOf(series)) if (!values.has(key)) values.set(key, value)
  const absent = absentIn(series)
  return (key: string): number | null => {
    const value = values.get(key)
    return value === undefined ? absent : value
  }
}

/** The snapshots come newest first. The newest one that has numbers of the widget decides which others are joined. */
export const historyOf = (
  newestFirst: ReadonlyArray<RecordedWidget>,
  instanceId: string
): Omit<ReportHistory, "truncated"> => {
  const recorded = newestFirst.map((snapshot): Recorded => ({
    snapshot,
    side: sideIn({ widgets: requestsOf(snapshot.layout), series: snapshot.series }, instanceId)
  }))
  const reference = recorded.find(isKnown)
  const judged = recorded.map((one) => ({ ...one, reason: reasonOf(one, reference) }))
  const joined = judged.flatMap(({ reason, side }) => side === undefined || reason !== undefined ? [] : [side.series])
  const labels = new Map<string, string>()
  for (const { key, label } of joined.flatMap(valuesOf)) if (!labels.has(key)) labels.set(key, label)
  const series = [...labels].map(([key, label]) => ({ key, label }))
  const oldestFirst = judged.toReversed()
  return {
    instanceId,
    shape: "timeseries",
    series,
    points: oldestFirst.map(({ reason, side, snapshot }) => {
      const numberOf = side === undefined || reason !== undefined ? () => null : numbersOf(side.series)
      return {
        ...Object.fromEntries(series.map(({ key }) => [key, numberOf(key)])),
        bucket: DateTime.formatIso(snapshot.createdAt)
      }
    }),
    stat: null,
    ...(reference && { meta: reference.side.series.meta }),
    snapshots: oldestFirst.map(({ reason, snapshot: { createdAt, id } }) => ({
      id,
      createdAt,
      ...(reason !== undefined && { gap: { reason, message: gapMessages[reason] } })
    }))
  }
}
