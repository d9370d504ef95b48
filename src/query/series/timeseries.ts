import { Result } from "effect"
import { bucketsOf } from "../../domain/Buckets.ts"
import { isoInstant } from "../../domain/Calendar.ts"
import type { MetricSeries, TimeseriesPoint } from "../../domain/Series.ts"
import { type Dimension, isAhead, type Metric } from "../../metrics/Metric.ts"
import { type AggregateRow, noAmounts } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { type Group, groupsBefore, groupsOf, inKnownOrder, restOf, total } from "./groups.ts"
import { bySize } from "./sort.ts"
import { numberOf, sumsByBucket, valueOf } from "./values.ts"

const maxSeries = 8

/** The groups that have rows only in the previous window get the room that the groups of the current window leave. */
const withGroupsBefore = (
  dimension: Dimension,
  plan: Plan,
  groups: ReadonlyArray<Group>,
  before: ReadonlyArray<AggregateRow>
): ReadonlyArray<Group> => {
  const keys = new Set(groups.map(({ key }) => key))
  const isNew = ({ key }: Group) => !keys.has(key)
  const added = bySize(groupsOf(dimension, plan, before).filter(isNew), total)
  return [...bySize(groups, total), ...added.map((group) => ({ ...group, rows: [] }))]
}

const seriesGroups = (
  dimension: Dimension,
  plan: Plan,
  rows: ReadonlyArray<AggregateRow>,
  before: ReadonlyArray<AggregateRow>
): ReadonlyArray<Group> => {
  const sorted = withGroupsBefore(dimension, plan, groupsOf(dimension, plan, rows), before)
  const [named, rest] = [sorted.slice(0, maxSeries), restOf(sorted.slice(maxSeries))]
  const ordered = dimension._tag === "Field" && dimension.known.length > 0
    ? inKnownOrder(dimension, named)
    : named
  return [...ordered, ...rest]
}

/** `before` contains the aggregate rows of the previous window. */
export const groupsIn = (
  plan: Plan,
  rows: ReadonlyArray<AggregateRow>,
  before: ReadonlyArray<AggregateRow>
): ReadonlyArray<Group> =>
  plan.groupBy._tag === "Dimension"
    ? seriesGroups(plan.groupBy.dimension, plan, rows, before)
    : [{ key: "value", label: plan.metric.label, rows }]

/** In a window ahead without an end, buckets after the last row are not shown. */
const bucketsShown = ({ buckets, window }: Plan, rows: ReadonlyArray<AggregateRow>): Plan["buckets"] =>
  window?.from === null && window.ahead !== undefined
    ? buckets.slice(0, rows.reduce((last, { bucket }) => Math.max(last, bucket), 0))
    : buckets

const firstBucket = ({ buckets, window }: Plan, rows: ReadonlyArray<AggregateRow>): number =>
  window?.from === null ? rows.reduce((first, { bucket }) => Math.min(first, bucket - 1), buckets.length) : 0

const pointsOf = (
  { buckets, metric }: Plan,
  groups: ReadonlyArray<Group>,
  first = 0
): ReadonlyArray<TimeseriesPoint> => {
  const columns = groups.map((group) => ({ key: group.key, sums: sumsByBucket(group.rows) }))
  const shown = columns.length === 0 ? [] : buckets.slice(first)
  return shown.map(({ date, isPartial }, index) => ({
    bucket: date,
    ...Object.fromEntries(columns.map(({ key, sums }) => [
      key,
      numberOf(metric, valueOf(metric, sums.get(first + index + 1) ?? noAmounts))
    ])),
    ...(isPartial && { partial: true })
  }))
}

export const timeseries = (
  plan: Plan,
  rows: ReadonlyArray<AggregateRow>,
  before: ReadonlyArray<AggregateRow>
) => {
  const { comparison } = plan
  const buckets = bucketsShown(plan, rows)
  const groups = groupsIn(plan, rows, before)
  const first = firstBucket(plan, rows)
  const start = buckets[first]?.from
  return {
    series: groups.map(({ key, label }) => ({ key, label })),
    points: pointsOf({ ...plan, buckets }, groups, first),
    compared: comparison === null
      ? {}
      : { previousPoints: pointsOf(comparison, groupsBefore(groups, comparison, before)) },
    from: start === undefined ? null : isoInstant(start),
    to: isoInstant(buckets.at(-1)?.to ?? plan.asOf)
  }
}

type Bucketed = Pick<TimeseriesPoint, "bucket" | "partial">

/** A series without groups has no points, but the buckets of its window were counted, unless nobody was in scope. */
export const bucketsIn = (series: MetricSeries, metric: Metric | undefined): ReadonlyArray<Bucketed> => {
  if (series.shape !== "timeseries") return []
  const { asOf, scope, window } = series.meta
  const isUnscoped = scope.members === 0 && scope.nobody !== true
  if (series.series.length > 0 || isUnscoped || window === undefined || window.from === null) return series.points
  const [from, to] = [Date.parse(window.from), Date.parse(window.to)]
  const countedTo = metric !== undefined && isAhead(metric) ? to : Math.min(to, Date.parse(asOf) + 1)
  return Result.getOrElse(bucketsOf({ ...window, from, to, countedTo, previous: null }), () => [])
    .map(({ date, isPartial }) => ({ bucket: date, ...(isPartial && { partial: true }) }))
}
