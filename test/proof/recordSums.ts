import { Effect, Result } from "effect"
import type { Record, RecordsAt, RecordsResponse } from "../../src/domain/Records.ts"
import type { WidgetRequest } from "../../src/domain/Run.ts"
import { isEmptyScope } from "../../src/domain/Scope.ts"
import type { Series } from "../../src/domain/Series.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import type { AggregateRow, Amounts } from "../../src/query/AggregateRow.ts"
import { evaluate } from "../../src/query/inMemory.ts"
import { type Plan, withBucket } from "../../src/query/Plan.ts"
import { amountText, sumOf } from "../../src/query/series/values.ts"
import type { Question } from "../support/ask.ts"
import { planOfWidget, scopeOf } from "./recordPlan.ts"

const isFolded = ({ groupBy }: Plan) =>
  groupBy._tag === "Dimension" && groupBy.dimension._tag === "Field" && groupBy.dimension.isFolded

const keyOf = (plan: Plan, { group }: AggregateRow): string => {
  const text = isFolded(plan) ? group?.trim().toLowerCase() ?? "" : group
  return text === null || (text === "" && isFolded(plan)) ? "~none" : text
}

const named = (series: Series): ReadonlyArray<string> =>
  series.shape === "timeseries"
    ? series.series.map(({ key }) => key)
    : series.points.map(({ category }) => String(category))

const bucketsOf = (plan: Plan, { bucket, period }: RecordsAt) => (row: AggregateRow): boolean => {
  if (plan.metric.shape === "stat") return row.bucket === (period === "previous" ? plan.previous : plan.current)
  return bucket === undefined || row.bucket === 1 + plan.buckets.findIndex(({ date }) => date === bucket)
}

/** The amounts of the open deals without a date. */
const undated = ({ meta }: Series, open: ReadonlyArray<AggregateRow>): Amounts =>
  sumOf(open.filter(({ currency, group }) => group === "undated" && currency === meta.currency))

const isInGroup = (plan: Plan, series: Series, key: string | undefined) => (row: AggregateRow): boolean => {
  if (plan.metric.shape === "stat" && plan.metric.split !== undefined) return row.group === plan.metric.split.shown
  if (plan.groupBy._tag === "Parts" && key === undefined) {
    return plan.groupBy.parts.some((part) => part.key === row.group)
  }
  if (plan.groupBy._tag === "Nothing" || key === undefined) return true
  return key === "~other" ? !named(series).includes(keyOf(plan, row)) : keyOf(plan, row) === key
}

/** Selects the aggregate rows of a point by a simpler rule than the service's. */
const chosen = (plan: Plan, series: Series, rows: ReadonlyArray<AggregateRow>, at: RecordsAt): Amounts => {
  const isInTime = bucketsOf(plan, at)
  const isChosen = isInGroup(plan, series, at.series ?? at.category)
  const isInCurrency = (row: AggregateRow) =>
    plan.metric.dominant === undefined || row.currency === series.meta.currency
  return sumOf(rows.filter((row) => isInTime(row) && isChosen(row) && isInCurrency(row)))
}

const point = Effect.fnUntraced(
  function*(question: Question, widget: WidgetRequest, series: Series, at: RecordsAt, tables: Tables) {
    const planned = Result.getOrThrow(planOfWidget(widget, yield* scopeOf(question, tables), question.request))
    const bucket = series.meta.window?.bucket
    const asked = series.shape === "timeseries" && bucket !== undefined ? withBucket(planned, bucket) : planned
    const plan = at.period === "previous" && asked.comparison !== null ? asked.comparison : asked
    const rows = isEmptyScope(plan.scope) ? [] : evaluate(plan, tables)
    return amountText(plan.metric, chosen(plan, series, rows, at))
  }
)

const places = (text: string) => text.includes(".") ? text.length - text.indexOf(".") - 1 : 0

/** Returns the exact sum of decimal numbers that are written as texts. */
const added = (texts: ReadonlyArray<string>, like: string): string => {
  const decimals = places(like)
  const whole = texts.reduce((all, text) => all + BigInt(text.replace(".", "")), 0n)
  const digits = String(whole < 0n ? -whole : whole).padStart(decimals + 1, "0")
  const sign = whole < 0n ? "-" : ""
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

const records = (found: ReadonlyArray<Record>, { sums }: RecordsResponse): RecordsResponse["sums"] =>
  sums === null ? null : {
    n: added(found.map(({ weight }) => weight.n), sums.n),
    d: sums.d === null ? null : added(found.map(({ weight }) => weight.d ?? "0"), sums.d)
  }

export const amountsOf = { chosen, undated, point, records }
