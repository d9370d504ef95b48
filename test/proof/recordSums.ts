import { Effect, Result } from "effect"
import type { Record, RecordsAt, RecordsResponse } from "../../src/domain/Records.ts"
import type { WidgetRequest } from "../../src/domain/Run.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { storedTimeframe } from "../../src/domain/Timeframe.ts"
import { all, type MetricId } from "../../src/metrics/all.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import type { AggregateRow } from "../../src/query/AggregateRow.ts"
import { evaluate } from "../../src/query/evaluate.ts"
import { filtersOf } from "../../src/query/Filters.ts"
import { type Plan, planOf, withBucket } from "../../src/query/Plan.ts"
import { amountText } from "../../src/query/series/amounts.ts"
import { scopeFor, selectedBy } from "../../src/services/access/Gating.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import type { Question } from "../support/ask.ts"
import { now } from "../support/randomTables.ts"

const isId = (id: string): id is MetricId => Object.hasOwn(all, id)

const planFor = Effect.fnUntraced(
  function*({ caller, request }: Question, widget: WidgetRequest, series: MetricSeries, tables: Tables) {
    const selected = selectedBy(caller, request)
    const organizations = yield* Effect.provide(Effect.service(Organizations), Organizations.layerMemory(tables))
    const membership = yield* Effect.orDie(organizations.lookUp(caller.organizationId, selected))
    if (!isId(widget.metricId)) return yield* Effect.die(`no metric ${widget.metricId}`)
    const metric = all[widget.metricId]
    const plan = Result.getOrThrow(planOf(
      {
        id: widget.metricId,
        metric,
        scope: scopeFor(caller, selected, membership, now),
        asOf: now,
        groupBy: widget.groupBy,
        filters: filtersOf(metric, widget.filters)
      },
      storedTimeframe(widget.timeframe),
      widget.comparePrevious
    ))
    const bucket = series.meta.window?.bucket
    return metric.shape === "timeseries" && bucket !== undefined ? withBucket(plan, bucket) : plan
  }
)

const isFolded = ({ groupBy }: Plan) =>
  groupBy._tag === "Dimension" && groupBy.dimension._tag === "Field" && groupBy.dimension.isFolded

const keyOf = (plan: Plan, { group }: AggregateRow): string => {
  const text = isFolded(plan) ? group?.trim().toLowerCase() ?? "" : group
  return text === null || (text === "" && isFolded(plan)) ? "~none" : text
}

const named = (series: MetricSeries): ReadonlyArray<string> =>
  series.shape === "timeseries"
    ? series.series.map(({ key }) => key)
    : series.points.map(({ category }) => String(category))

const bucketsOf = (plan: Plan, { bucket, period }: RecordsAt) => (row: AggregateRow): boolean => {
  if (plan.metric.shape === "stat") return row.bucket === (period === "previous" ? plan.previous : plan.current)
  return bucket === undefined || row.bucket === 1 + plan.buckets.findIndex(({ date }) => date === bucket)
}

const isInGroup = (plan: Plan, series: MetricSeries, key: string | undefined) => (row: AggregateRow): boolean => {
  if (plan.groupBy._tag === "Parts" && key === undefined) {
    return plan.groupBy.parts.some((part) => part.key === row.group)
  }
  if (plan.groupBy._tag === "Nothing" || key === undefined) return true
  return key === "~other" ? !named(series).includes(keyOf(plan, row)) : keyOf(plan, row) === key
}

/** Adds up the aggregate rows of a point, selected by a simpler rule than the service's. */
const point = Effect.fnUntraced(
  function*(question: Question, widget: WidgetRequest, series: MetricSeries, at: RecordsAt, tables: Tables) {
    const asked = yield* planFor(question, widget, series, tables)
    const plan = at.period === "previous" && asked.comparison !== null ? asked.comparison : asked
    const isInTime = bucketsOf(plan, at)
    const isChosen = isInGroup(plan, series, at.series ?? at.category)
    const isInCurrency = (row: AggregateRow) =>
      plan.metric.dominant === undefined || row.currency === series.meta.currency
    const rows = plan.scope.people.length === 0
      ? []
      : evaluate(plan, tables).filter((row) => isInTime(row) && isChosen(row) && isInCurrency(row))
    return amountText(plan.metric, {
      numerator: rows.reduce((all, { numerator }) => all + numerator, 0n),
      denominator: rows.reduce((all, { denominator }) => all + denominator, 0n)
    })
  }
)

const places = (text: string) => text.includes(".") ? text.length - text.indexOf(".") - 1 : 0

/** Adds decimal texts digit by digit. */
const added = (texts: ReadonlyArray<string>, like: string): string => {
  const decimals = places(like)
  const whole = texts.reduce((all, text) => all + BigInt(text.replace(".", "")), 0n)
  const digits = String(whole < 0n ? -whole : whole).padStart(decimals + 1, "0")
  const sign = whole < 0n ? "-" : ""
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

const records = (found: ReadonlyArray<Record>, { sums }: RecordsResponse): RecordsResponse["sums"] => ({
  n: added(found.map(({ weight }) => weight.n), sums.n),
  d: sums.d === null ? null : added(found.map(({ weight }) => weight.d ?? "0"), sums.d)
})

export const amountsOf = { point, records }
