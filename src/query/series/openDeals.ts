import { memoize } from "effect/Function"
import type { Meta } from "../../domain/Series.ts"
import { all } from "../../metrics/all.ts"
import { isAhead } from "../../metrics/Metric.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import { groupsOf, inKnownOrder } from "./groups.ts"
import { byCodePoint, descending } from "./sort.ts"
import { moneyOf } from "./values.ts"

const overdue = { id: "deals.overdue_close", metric: all["deals.overdue_close"] } as const

/** The part of the open deals that have no expected time. */
export const undated = "undated"

const isByDate = ({ id, metric }: Plan): boolean => id === overdue.id || isAhead(metric)

/** The open deals of all times. They decide the currency of a number by expected time, and some of them have no time. */
export const openDealsOf = memoize((plan: Plan): Plan | null =>
  isByDate(plan)
    ? {
      ...plan,
      ...overdue,
      groupBy: { _tag: "Parts", parts: overdue.metric.split.parts },
      window: null,
      buckets: [],
      boundaries: [],
      hasLowerBound: false,
      current: 0,
      previous: -1,
      gapBucket: -1,
      comparison: null
    }
    : null
)

export const needsOpenDeals = ({ metric }: Plan): boolean => isAhead(metric)

/** All plans whose rows are needed for the series of this plan. */
export const plansFor = (plan: Plan): ReadonlyArray<Plan> => {
  const others = [plan.comparison, needsOpenDeals(plan) ? openDealsOf(plan) : null]
  return [plan, ...others.filter((other) => other !== null)]
}

/** The groups whose rows make the number of a stat. Undefined means all rows. */
export const shownGroupsOf = ({ metric, weights }: Plan): ReadonlyArray<string> | undefined => {
  if (metric.measure._tag === "Weighted") return [...weights?.keys() ?? []]
  return metric.shape === "stat" && metric.split !== undefined ? [metric.split.shown] : undefined
}

export const shownRows = (plan: Plan, rows: ReadonlyArray<AggregateRow>): ReadonlyArray<AggregateRow> => {
  const groups = shownGroupsOf(plan)
  return groups === undefined ? rows : rows.filter(({ group }) => group !== null && groups.includes(group))
}

const countOf = (rows: ReadonlyArray<AggregateRow>): number =>
  Number(rows.reduce((sum, { currencyRows }) => sum + currencyRows, 0n))

const sizeOf = (rows: ReadonlyArray<AggregateRow>) => ({
  count: countOf(rows),
  total: moneyOf(rows.reduce((sum, { currencyTotal }) => sum + currencyTotal, 0n))
})

const weightMeta = (plan: Plan, rows: ReadonlyArray<AggregateRow>) => {
  const { metric: { measure }, weights = new Map<string, number>() } = plan
  if (measure._tag !== "Weighted") return {}
  const others = groupsOf(measure.by, plan, rows).filter(({ key }) => !weights.has(key))
  return {
    weights: Object.fromEntries([...weights].map(([stage, weight]) => [stage, weight / 100])),
    withoutWeight: inKnownOrder(measure.by, others).map(({ key, label, rows }) => ({
      stage: key,
      label,
      ...sizeOf(rows)
    }))
  }
}

/** `rows` and `open` are in one currency. */
export const openDealsMeta = (
  plan: Plan,
  rows: ReadonlyArray<AggregateRow>,
  open: ReadonlyArray<AggregateRow>
): Pick<Meta, "deals" | "withoutDate" | "weights" | "withoutWeight"> => ({
  ...(plan.id === overdue.id && { deals: countOf(shownRows(plan, rows)) }),
  ...(isByDate(plan) && { withoutDate: sizeOf(open.filter(({ group }) => group === undated)) }),
  ...weightMeta(plan, rows)
})

interface CurrencyTotal {
  readonly currency: string
  readonly count: bigint
  readonly total: bigint
}

const totalsOf = (rows: ReadonlyArray<AggregateRow>): ReadonlyArray<CurrencyTotal> =>
  [...Map.groupBy(rows, ({ currency }) => currency ?? "")].map(([currency, own]) => ({
    currency,
    count: own.reduce((sum, { currencyRows }) => sum + currencyRows, 0n),
    total: own.reduce((sum, { currencyTotal }) => sum + currencyTotal, 0n)
  })).filter(({ count }) => count > 0n)

export const inCurrency = (rows: ReadonlyArray<AggregateRow>, currency: string | undefined) =>
  currency === undefined ? rows : rows.filter((row) => row.currency === currency)

/** `open` has the open deals, if these decide the currency instead of `rows`. */
export const inOneCurrency = (
  plan: Plan,
  rows: ReadonlyArray<AggregateRow>,
  open: ReadonlyArray<AggregateRow> = []
) => {
  if (plan.metric.dominant === undefined) return { rows, money: {} }
  const own = plan.scope.organization.currency
  const current = plan.current === -1 ? rows : rows.filter(({ bucket }) => bucket === plan.current)
  const totals = totalsOf(needsOpenDeals(plan) ? open : current)
    .toSorted((a, b) =>
      descending(a.count, b.count) || Number(b.currency === own) - Number(a.currency === own) ||
      byCodePoint(a.currency, b.currency)
    )
  const currency = plan.currency ?? totals[0]?.currency ?? own
  const excluded = totalsOf(shownRows(plan, current)).filter((one) => one.currency !== currency)
    .toSorted((a, b) => byCodePoint(a.currency, b.currency))
    .map(({ count, currency, total }) => ({ currency, count: Number(count), total: moneyOf(total) }))
  return {
    rows: inCurrency(rows, currency),
    money: excluded.length === 0 ? { currency } : { currency, excluded }
  }
}
