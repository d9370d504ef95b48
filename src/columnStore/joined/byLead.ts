import { memoize } from "effect/Function"
import { count as countOf } from "../../metrics/Measure.ts"
import { isRowByRow, type Metric } from "../../metrics/Metric.ts"
import { type AggregateRow, noAmounts } from "../../query/AggregateRow.ts"
import { leadFieldsOf, leadScopeOf } from "../../query/definitions.ts"
import type { Filter } from "../../query/Filters.ts"
import type { Plan } from "../../query/Plan.ts"
import type { Counting } from "./Counting.ts"
import { leadDeals, peopleAndTags, personMark, tagMark } from "./leadDeals.ts"

type Rows = ReadonlyArray<AggregateRow>
type Count = (plan: Plan) => Rows | undefined

/** Counts deals whose lead is seen by one of these people, or all deals that have a lead. */
type SeenBy = ReadonlyArray<string> | "anybody"

interface Term {
  readonly sign: 1n | -1n
  readonly seenBy: SeenBy
}

/** A lead of nobody is a lead that no member sees. */
const seenTerms = (plan: Plan): ReadonlyArray<Term> => {
  const { allMembers, people } = leadScopeOf(plan)
  const userIds = people.map(({ userId }) => userId)
  const inScope = new Set<string>(userIds)
  if (allMembers === undefined) return [{ sign: 1n, seenBy: userIds }]
  if (allMembers.every((userId) => inScope.has(userId))) return [{ sign: 1n, seenBy: "anybody" }]
  return [
    { sign: 1n, seenBy: userIds },
    { sign: 1n, seenBy: "anybody" },
    { sign: -1n, seenBy: allMembers }
  ]
}

const ofLeadDeals = memoize((metric: Metric): Metric => ({ ...metric, from: leadDeals }))
const counting = memoize((metric: Metric): Metric => ({ ...metric, measure: countOf() }))

const seenFilter = (seenBy: ReadonlyArray<string>): Filter => ({
  key: "seenBy",
  field: peopleAndTags,
  values: seenBy.map(personMark),
  orNone: false
})

const inMarks = (filter: Filter): Filter =>
  filter.field.kind === "uuids" ? { ...filter, field: peopleAndTags, values: filter.values.map(tagMark) } : filter

const withSeen = (plan: Plan, { seenBy }: Term): Plan => ({
  ...plan,
  metric: ofLeadDeals(plan.metric),
  filters: {
    ...plan.filters,
    applied: [...plan.filters.applied.map(inMarks), ...(seenBy === "anybody" ? [] : [seenFilter(seenBy)])]
  }
})

const withoutLead = (plan: Plan): Plan => {
  const fields = new Set<unknown>(leadFieldsOf(plan))
  const { filters, groupBy } = plan
  return {
    ...plan,
    filters: { ...filters, applied: filters.applied.filter(({ field }) => !fields.has(field)) },
    groupBy: groupBy._tag === "Dimension" && fields.has(groupBy.dimension) ? { _tag: "Nothing" } : groupBy
  }
}

interface Signed {
  readonly sign: 1n | -1n
  readonly plan: Plan
}

/** A deal without a seen lead passes a filter if the filter asks for rows without a value. */
const signedPlans = (plan: Plan): ReadonlyArray<Signed> => {
  const seen = seenTerms(plan)
  const counted = seen.map((term): Signed => ({ sign: term.sign, plan: withSeen(plan, term) }))
  const leadFields = new Set<unknown>(leadFieldsOf(plan))
  const needsLead = plan.filters.applied.some(({ field, orNone }) => leadFields.has(field) && !orNone)
  if (needsLead) return counted
  const unfiltered = withoutLead(plan)
  return [
    ...counted,
    { sign: 1n, plan: unfiltered },
    ...seen.map((term): Signed => ({ sign: term.sign === 1n ? -1n : 1n, plan: withSeen(unfiltered, term) }))
  ]
}

const keyOf = ({ bucket, currency, group }: AggregateRow) => JSON.stringify([bucket, currency, group])

const added = (sum: AggregateRow, row: AggregateRow, sign: bigint): AggregateRow => ({
  ...sum,
  numerator: sum.numerator + sign * row.numerator,
  denominator: sum.denominator + sign * row.denominator,
  currencyRows: sum.currencyRows + sign * row.currencyRows,
  currencyTotal: sum.currencyTotal + sign * row.currencyTotal
})

const sumOf = (plans: ReadonlyArray<Signed>, count: Count): ReadonlyMap<string, AggregateRow> | undefined => {
  const sums = new Map<string, AggregateRow>()
  for (const { plan, sign } of plans) {
    const rows = count(plan)
    if (rows === undefined) return undefined
    for (const row of rows) {
      const zero = { ...row, ...noAmounts, currencyRows: 0n, currencyTotal: 0n }
      sums.set(keyOf(row), added(sums.get(keyOf(row)) ?? zero, row, sign))
    }
  }
  return sums
}

/** Commissions are counted only by SQL, because their joined rows have no lead. */
export const countByLead: Counting = (plan, count) => {
  if (!isRowByRow(plan.metric)) return undefined
  const plans = signedPlans(plan)
  const [only, ...others] = plans
  if (only !== undefined && others.length === 0) return count(only.plan)
  const sums = sumOf(plans, count)
  // A sum can be 0 although there are rows, so the rows are counted too.
  const rows = sumOf(plans.map(({ plan, sign }) => ({ sign, plan: { ...plan, metric: counting(plan.metric) } })), count)
  if (sums === undefined || rows === undefined) return undefined
  return [...sums].flatMap(([key, sum]) => (rows.get(key)?.numerator ?? 0n) === 0n ? [] : [sum])
}
