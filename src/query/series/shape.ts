import { isEmptyScope } from "../../domain/Scope.ts"
import type { Series, Stat } from "../../domain/Series.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { category } from "./category.ts"
import { inCurrency, inOneCurrency } from "./currency.ts"
import { leaderboard } from "./leaderboard.ts"
import { metaOf } from "./meta.ts"
import { targetMeta } from "./target.ts"
import { timeseries } from "./timeseries.ts"
import { deltaPct, numberOf, sumOf, valueOf } from "./values.ts"

/** True means that `all_time` needs larger buckets to show its first rows. */
export const startsEarlier = (plan: Plan, rows: ReadonlyArray<AggregateRow>): boolean =>
  plan.metric.shape === "timeseries" && plan.window?.from === null &&
  inOneCurrency(plan, rows).rows.some(({ bucket }) => bucket === 0)

const stat = (plan: Plan, rows: ReadonlyArray<AggregateRow>): Stat => {
  const { current, metric, previous, window } = plan
  const valueIn = (bucket: number) => valueOf(metric, sumOf(rows.filter((row) => row.bucket === bucket)))
  const value = valueIn(current)
  const before = window === null || window.previous === null ? null : valueIn(previous)
  return { value: numberOf(metric, value), previous: numberOf(metric, before), deltaPct: deltaPct(value, before) }
}

/** `before` contains the aggregate rows of the previous window. */
export const shape = (
  plan: Plan,
  allRows: ReadonlyArray<AggregateRow>,
  before: ReadonlyArray<AggregateRow> = []
): Series => {
  const { metric, scope } = plan
  const { money, rows } = inOneCurrency(plan, allRows)
  const counted = () => ({
    value: valueOf(metric, sumOf(plan.current === -1 ? rows : rows.filter(({ bucket }) => bucket === plan.current))),
    currency: money.currency
  })
  const meta = { ...metaOf(plan), ...money, ...(metric.shape !== "leaderboard" && targetMeta(plan, counted)) }
  const isEmpty = isEmptyScope(scope)
  const series = isEmpty ? [] : [{ key: "value", label: metric.label }]
  switch (metric.shape) {
    case "timeseries": {
      if (isEmpty) return { shape: "timeseries", series, points: [], stat: null, meta }
      const { compared, from, points, series: keys } = timeseries(plan, rows, inCurrency(before, money.currency))
      const window = meta.window === undefined || plan.window?.from !== null ? {} : { window: { ...meta.window, from } }
      return { shape: "timeseries", series: keys, points, ...compared, stat: null, meta: { ...meta, ...window } }
    }
    case "category":
      return { shape: "category", series, points: isEmpty ? [] : category(plan, rows), stat: null, meta }
    case "stat":
      return { shape: "stat", series, points: [], stat: isEmpty ? null : stat(plan, rows), meta }
    case "leaderboard": {
      const { meta: ofTargets, points, truncated } = leaderboard(plan, rows, money.currency)
      const ranked = { ...meta, ...ofTargets, ...(truncated > 0 && { truncated }) }
      return { shape: "leaderboard", series, points, stat: null, meta: ranked }
    }
  }
}
