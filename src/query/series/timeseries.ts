import { isoInstant } from "../../domain/Calendar.ts"
import type { TimeseriesPoint } from "../../domain/Series.ts"
import type { Dimension } from "../../metrics/Metric.ts"
import type { Tally } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { type Group, groupsOf, inKnownOrder, largest, other } from "./groups.ts"
import { add, numberOf, shown } from "./values.ts"

const maxSeries = 8

/** The largest groups in the order of their dimension, the rest last. */
const seriesOf = (dimension: Dimension, plan: Plan, tallies: ReadonlyArray<Tally>): ReadonlyArray<Group> => {
  const kept = largest(groupsOf(dimension, plan, tallies), maxSeries)
  const rest = kept.filter(({ key }) => key === other)
  const named = kept.filter(({ key }) => key !== other)
  const ordered = dimension._tag === "Field" && dimension.known.length > 0
    ? inKnownOrder(dimension, named)
    : named
  return [...ordered, ...rest]
}

/** What lies before the first bucket with rows is left out of `all_time`. */
const firstSlot = ({ slots, window }: Plan, tallies: ReadonlyArray<Tally>): number =>
  window?.from === null ? tallies.reduce((first, { bucket }) => Math.min(first, bucket - 1), slots.length) : 0

export const timeseries = (plan: Plan, tallies: ReadonlyArray<Tally>) => {
  const { metric, slots, split } = plan
  const groups = split._tag === "By"
    ? seriesOf(split.dimension, plan, tallies)
    : [{ key: "value", label: metric.label, tallies }]
  const columns = groups.map(({ key, tallies: own }) => ({ key, cells: Map.groupBy(own, ({ bucket }) => bucket) }))
  const first = firstSlot(plan, tallies)
  const points = columns.length === 0 ? [] : slots.slice(first).map(({ date, isPartial }, index): TimeseriesPoint => ({
    bucket: date,
    ...Object.fromEntries(columns.map(({ cells, key }) => [
      key,
      numberOf(metric, shown(metric, add(cells.get(first + index + 1) ?? [])))
    ])),
    ...(isPartial && { partial: true })
  }))
  const start = slots[first]?.from
  return {
    series: groups.map(({ key, label }) => ({ key, label })),
    points,
    from: start === undefined ? null : isoInstant(start)
  }
}
