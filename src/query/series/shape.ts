import { type Instant, isoInstant } from "../../domain/Calendar.ts"
import { none } from "../../domain/reservedKeys.ts"
import { hasNobody, isEmptyScope, type Scope } from "../../domain/Scope.ts"
import type { LeaderboardPoint, Meta, Series, WidgetFault } from "../../domain/Series.ts"
import type { Stat } from "../../domain/Stat.ts"
import { type Metric, stepsOf, withinOf } from "../../metrics/Metric.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import { appliedValues, type Filters } from "../Filters.ts"
import type { GroupBy, Plan } from "../Plan.ts"
import { category } from "./category.ts"
import { nobodyLabel } from "./groups.ts"
import { inCurrency, inOneCurrency, openDealsMeta, shownRows } from "./openDeals.ts"
import { bySize } from "./sort.ts"
import { targetOf, withOwnTargets } from "./target.ts"
import { timeseries } from "./timeseries.ts"
import { changeFrom, isMean, numberOf, sumOf, valueOf } from "./values.ts"

const maxPoints = 50

const leaderboard = (
  plan: Plan,
  rows: ReadonlyArray<AggregateRow>,
  before: ReadonlyArray<AggregateRow>,
  currency: string | undefined
) => {
  const { comparison, metric, scope } = plan
  const omitsZero = metric.shape === "leaderboard" && metric.omitsZero === true
  const byPerson = Map.groupBy(rows, ({ group }) => group)
  const earlier = Map.groupBy(before, ({ group }) => group ?? none)
  const present = scope.people.filter(({ hasLeft, userId }) => byPerson.has(userId) || !(hasLeft || omitsZero))
  const people = [
    ...present.map(({ name, userId }) => ({ id: userId, key: userId, label: name })),
    ...(byPerson.has(null) ? [{ id: null, key: none, label: nobodyLabel }] : [])
  ]
    .map(({ id, key, label }) => ({ key, label, value: valueOf(metric, sumOf(byPerson.get(id) ?? [])) }))
    .filter(({ value }) => !omitsZero || value !== 0n)
  const ranked = bySize(people, ({ value }) => value)
  const shown = ranked.slice(0, maxPoints).map(({ key, label, value }, index) => {
    const point: LeaderboardPoint = {
      category: key,
      label,
      rank: index + 1,
      value: numberOf(metric, value),
      ...(comparison !== null && changeFrom(metric, value, valueOf(metric, sumOf(earlier.get(key) ?? []))))
    }
    return { point, value }
  })
  return { ...withOwnTargets(plan, shown, currency), truncated: people.length - shown.length }
}

const appliedOf = (filters: Filters): Meta["filters"] => ({
  ...appliedValues(filters),
  ignored: filters.ignored,
  ...(filters.invalid === true && { invalid: true })
})

const isAdditive = (metric: Metric, groupBy: GroupBy): boolean => {
  if (isMean(metric) || metric.measure._tag === "Handwritten") return false
  if (groupBy._tag !== "Dimension") return true
  if (groupBy.dimension._tag === "Person") return metric.from.seenBy.assignees === undefined
  return groupBy.dimension.kind === "text"
}

const scopeMeta = (scope: Scope, asOf: Instant): Pick<Meta, "scope" | "asOf"> => ({
  scope: { kind: scope.kind, members: scope.people.length, ...(hasNobody(scope) && { nobody: true }) },
  asOf: isoInstant(asOf)
})

const metaOf = (plan: Plan): Meta => {
  const { asOf, comparison, filters, metric, scope, groupBy, window, within } = plan
  const meta = {
    unit: metric.unit,
    filters: appliedOf(filters),
    additive: isAdditive(metric, groupBy),
    ...(within !== undefined && { within }),
    ...scopeMeta(scope, asOf)
  }
  if (window === null) return meta
  const { bucket, from, previous, timeZone, to, weekStart } = window
  return {
    ...meta,
    window: { from: from === null ? null : isoInstant(from), to: isoInstant(to), timeZone, weekStart, bucket },
    ...((metric.shape === "stat" || comparison !== null) && previous !== null && {
      previousWindow: { from: isoInstant(previous.from), to: isoInstant(previous.to) }
    })
  }
}

/** The denominators of the first step, and those of cohorts, count the leads with a spell. */
const coverageOf = ({ metric }: Plan, rows: ReadonlyArray<AggregateRow>): Pick<Meta, "coverage"> => {
  if (withinOf(metric) !== undefined) {
    const leads = rows.reduce((sum, { currencyRows }) => sum + currencyRows, 0n)
    return { coverage: { leads: Number(leads), withSpells: Number(sumOf(rows).denominator) } }
  }
  const first = stepsOf(metric)?.[0]
  if (first === undefined) return {}
  const { denominator, numerator } = sumOf(rows.filter(({ group }) => group === first))
  return { coverage: { leads: Number(numerator), withSpells: Number(denominator) } }
}

const seriesOf = (shape: Metric["shape"], meta: Meta): Series => {
  const empty = { series: [], points: [], stat: null, meta }
  switch (shape) {
    case "timeseries":
      return { ...empty, shape }
    case "category":
      return { ...empty, shape }
    case "stat":
      return { ...empty, shape }
    case "leaderboard":
      return { ...empty, shape }
  }
}

export const emptySeries = (metric: Metric | undefined, scope: Scope, asOf: Instant): Series =>
  seriesOf(metric?.shape ?? "stat", {
    unit: metric?.unit ?? "count",
    filters: { applied: {}, ignored: [] },
    additive: false,
    ...scopeMeta(scope, asOf)
  })

export const faultySeries = (metric: Metric | undefined, scope: Scope, asOf: Instant, error: WidgetFault): Series => ({
  ...emptySeries(metric, scope, asOf),
  error
})

/** True means that `all_time` needs larger buckets to show all its rows. */
export const exceedsBuckets = (
  plan: Plan,
  rows: ReadonlyArray<AggregateRow>,
  open: ReadonlyArray<AggregateRow>
): boolean =>
  plan.metric.shape === "timeseries" && plan.window?.from === null &&
  inOneCurrency(plan, rows, open).rows.some(({ bucket }) => bucket === 0 || bucket > plan.buckets.length)

const stat = (plan: Plan, rows: ReadonlyArray<AggregateRow>): Stat => {
  const { current, metric, previous, window } = plan
  const shown = shownRows(plan, rows)
  const valueIn = (bucket: number) => valueOf(metric, sumOf(shown.filter((row) => row.bucket === bucket)))
  const value = valueIn(current)
  const before = window === null || window.previous === null ? null : valueIn(previous)
  return { value: numberOf(metric, value), ...changeFrom(metric, value, before) }
}

/** `before` has the aggregate rows of the previous window, and `allOpen` those of all open deals if the plan needs them. */
export const shape = (
  plan: Plan,
  allRows: ReadonlyArray<AggregateRow>,
  before: ReadonlyArray<AggregateRow> = [],
  allOpen: ReadonlyArray<AggregateRow> = allRows
): Series => {
  const { metric, scope, targets } = plan
  const { money, rows } = inOneCurrency(plan, allRows, allOpen)
  const [earlier, open] = [inCurrency(before, money.currency), inCurrency(allOpen, money.currency)]
  const counted = () => {
    const shown = shownRows(plan, rows)
    const current = plan.current === -1 ? shown : shown.filter(({ bucket }) => bucket === plan.current)
    return { value: valueOf(metric, sumOf(current)), currency: money.currency }
  }
  const meta = {
    ...metaOf(plan),
    ...money,
    ...openDealsMeta(plan, rows, open),
    ...coverageOf(plan, rows),
    ...(targets !== undefined && metric.shape !== "leaderboard" && { target: targetOf(plan, targets, counted) })
  }
  const isEmpty = isEmptyScope(scope)
  const series = isEmpty ? [] : [{ key: "value", label: metric.label }]
  switch (metric.shape) {
    case "timeseries": {
      if (isEmpty) return { shape: "timeseries", series, points: [], stat: null, meta }
      const { compared, from, points, series: keys, to } = timeseries(plan, rows, earlier)
      const window = meta.window === undefined || plan.window?.from !== null
        ? {}
        : { window: { ...meta.window, from, ...(plan.window.ahead !== undefined && { to }) } }
      return { shape: "timeseries", series: keys, points, ...compared, stat: null, meta: { ...meta, ...window } }
    }
    case "category":
      return { shape: "category", series, points: isEmpty ? [] : category(plan, rows, earlier), stat: null, meta }
    case "stat":
      return { shape: "stat", series, points: [], stat: isEmpty ? null : stat(plan, rows), meta }
    case "leaderboard": {
      const { meta: ofTargets, points, truncated } = leaderboard(plan, rows, earlier, money.currency)
      const ranked = { ...meta, ...ofTargets, ...(truncated > 0 && { truncated }) }
      return { shape: "leaderboard", series, points, stat: null, meta: ranked }
    }
  }
}
