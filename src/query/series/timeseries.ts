import { isoInstant } from "../../domain/Calendar.ts"
import { other } from "../../domain/reservedKeys.ts"
import type { TimeseriesPoint } from "../../domain/Series.ts"
import type { Dimension } from "../../metrics/Metric.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { type Group, groupsOf, inKnownOrder, largest } from "./groups.ts"
import { numberOf, sumOf, valueOf } from "./values.ts"

const maxSeries = 8

/** The groups have the order of the series. */
export const seriesGroups = (
  dimension: Dimension,
  plan: Plan,
  rows: ReadonlyArray<AggregateRow>
): ReadonlyArray<Group> => {
  const shown = largest(groupsOf(dimension, plan, rows), maxSeries)
  const rest = shown.filter(({ key }) => key === other)
  const named = shown.filter(({ key }) => key !== other)
  const ordered = dimension._tag === "Field" && dimension.known.length > 0
    ? inKnownOrder(dimension, named)
    : named
  return [...ordered, ...rest]
}

/** A series of `all_time` begins at its first row. */
const firstBucket = ({ buckets, window }: Plan, rows: ReadonlyArray<AggregateRow>): number =>
  window?.from === null ? rows.reduce((first, { bucket }) => Math.min(first, bucket - 1), buckets.length) : 0

export const timeseries = (plan: Plan, rows: ReadonlyArray<AggregateRow>) => {
  const { buckets, groupBy, metric } = plan
  const groups = groupBy._tag === "Dimension"
    ? seriesGroups(groupBy.dimension, plan, rows)
    : [{ key: "value", label: metric.label, rows }]
  const columns = groups.map((group) => ({ key: group.key, cells: Map.groupBy(group.rows, ({ bucket }) => bucket) }))
  const first = firstBucket(plan, rows)
  const pointsFrom = columns.length === 0 ? [] : buckets.slice(first)
  const points = pointsFrom.map(({ date, isPartial }, index): TimeseriesPoint => ({
    bucket: date,
    ...Object.fromEntries(columns.map(({ cells, key }) => [
      key,
      numberOf(metric, valueOf(metric, sumOf(cells.get(first + index + 1) ?? [])))
    ])),
    ...(isPartial && { partial: true })
  }))
  const start = buckets[first]?.from
  return {
    series: groups.map(({ key, label }) => ({ key, label })),
    points,
    from: start === undefined ? null : isoInstant(start)
  }
}
