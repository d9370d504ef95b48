import { none, other } from "../../domain/reservedKeys.ts"
import { hasNobody } from "../../domain/Scope.ts"
import { sha256 } from "../../domain/sha256.ts"
import { all } from "../../metrics/all.ts"
import { isRowByRow, stepsOf, withinOf } from "../../metrics/Metric.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import type { Point } from "../Point.ts"
import { categoryGroups } from "./category.ts"
import { type Group, groupsOf } from "./groups.ts"
import { inCurrency, inOneCurrency, needsOpenDeals, openDealsOf, shownGroupsOf, undated } from "./openDeals.ts"
import { groupsIn } from "./timeseries.ts"

export interface At {
  readonly bucket?: string
  readonly series?: string
  readonly category?: string
  readonly period?: "current" | "previous"
  /** Only a later page has `shown`. It is `shown` of the point of the first page. */
  readonly shown?: ReadonlyArray<string>
}

type Span = Pick<Plan, "boundaries" | "hasLowerBound" | "current">

const nothing: Span = { boundaries: [], hasLowerBound: true, current: -1 }

const bucketIn = ({ boundaries, hasLowerBound }: Plan, bucket: number): Span => {
  const [from, to] = [boundaries[bucket - 1], boundaries[bucket]]
  if (bucket < 0) return nothing
  if (bucket === 0) return { boundaries: to === undefined ? [] : boundaries.slice(0, 1), hasLowerBound, current: 0 }
  return from === undefined || to === undefined ? nothing : { boundaries: [from, to], hasLowerBound: true, current: 1 }
}

const wholeOf = (plan: Plan): Span => {
  const [from, to] = [plan.boundaries[0], plan.boundaries.at(-1)]
  if (from === undefined || to === undefined) return plan
  return plan.hasLowerBound
    ? { boundaries: [from, to], hasLowerBound: true, current: 1 }
    : { boundaries: [to], hasLowerBound: false, current: 0 }
}

const spanOf = (plan: Plan, { bucket, period }: At): Span | undefined => {
  if (plan.metric.shape === "stat") {
    if (bucket !== undefined) return undefined
    if (period !== "previous") return bucketIn(plan, plan.current)
    return plan.window === null || plan.window.previous === null ? undefined : bucketIn(plan, plan.previous)
  }
  if (period === "previous") return undefined
  if (bucket === undefined) return wholeOf(plan)
  const index = plan.metric.shape === "timeseries" ? plan.buckets.findIndex(({ date }) => date === bucket) : -1
  return index === -1 ? undefined : bucketIn(plan, index + 1)
}

const everything = (plan: Plan): Point["groups"] =>
  shownGroupsOf(plan) ?? (plan.groupBy._tag === "Parts" ? plan.groupBy.parts.map(({ key }) => key) : undefined)

const shownGroups = (plan: Plan, rows: ReadonlyArray<AggregateRow>, before: ReadonlyArray<AggregateRow>) =>
  plan.metric.shape === "timeseries" ? groupsIn(plan, rows, before) : categoryGroups(plan, rows)

const digestOf = (key: string): string => sha256(key, "base64url").slice(0, 16)

interface Choice {
  readonly key: string
  readonly groups: ReadonlyArray<string | null>
  readonly shown: ReadonlyArray<string>
}

/** Returns undefined if only rows tell the keys. */
const fixedChoices = ({ groupBy, metric, scope }: Plan): ReadonlyArray<Choice> | undefined => {
  if (groupBy._tag === "Parts") return groupBy.parts.map(({ key }) => ({ key, groups: [key], shown: [] }))
  return metric.shape !== "leaderboard" ? undefined : [
    ...scope.people.map(({ userId }) => ({ key: userId, groups: [userId], shown: [] })),
    ...(hasNobody(scope) ? [{ key: none, groups: [null], shown: [] }] : [])
  ]
}

/** Returns undefined if the series has no such key. Later pages have the shown groups of the first page. */
const choiceOf = (
  plan: Plan,
  key: string,
  shownBefore: ReadonlyArray<string> | undefined,
  counted: readonly [rows: ReadonlyArray<AggregateRow>, before: ReadonlyArray<AggregateRow>],
  asked: ReadonlyArray<AggregateRow>
): Choice | undefined => {
  const fixed = fixedChoices(plan)
  if (fixed !== undefined) return fixed.find((choice) => choice.key === key)
  if (plan.groupBy._tag !== "Dimension") return undefined
  const isFirst = shownBefore === undefined
  const keys = isFirst ? shownGroups(plan, ...counted).map((group) => group.key) : []
  if (isFirst && !keys.includes(key)) return undefined
  const shown = isFirst && key === other ? keys.filter((one) => one !== other).map(digestOf) : shownBefore ?? []
  const isChosen = (group: Group) => key === other ? !shown.includes(digestOf(group.key)) : group.key === key
  const rows = groupsOf(plan.groupBy.dimension, plan, asked).filter(isChosen).flatMap((group) => group.rows)
  return { key, groups: [...new Set(rows.map(({ group }) => group))], shown }
}

const onlySeries = "value"

const keyOf = (plan: Plan, { category, series }: At): { readonly key: string | undefined } | undefined => {
  const isGrouped = plan.metric.shape === "timeseries" && plan.groupBy._tag === "Dimension"
  if (plan.metric.shape === "timeseries" || plan.metric.shape === "stat") {
    if (category !== undefined) return undefined
    if (isGrouped || series === undefined) return { key: series }
    return series === onlySeries ? { key: undefined } : undefined
  }
  return series === undefined || series === onlySeries ? { key: category } : undefined
}

/** Returns true if only aggregate rows tell the groups or buckets of the point, as for `~other`. */
const needsGroups = ({ groupBy, metric, window }: Plan, { category, series }: At): boolean =>
  (groupBy._tag === "Dimension" && metric.shape !== "leaderboard" && (series ?? category) !== undefined) ||
  (metric.shape === "timeseries" && window?.from === null)

/** All aggregate rows of a funnel or of cohorts are needed for `meta.coverage`. */
const hasCoverage = ({ metric }: Plan): boolean => stepsOf(metric) !== undefined || withinOf(metric) !== undefined

export const needsRows = (plan: Plan, at: At): boolean =>
  plan.metric.dominant !== undefined || hasCoverage(plan) || needsGroups(plan, at)

/** All groups of such a plan are needed for `meta`. */
const hasOpenDeals = (plan: Plan): boolean => needsOpenDeals(plan) || shownGroupsOf(plan) !== undefined

/** This metric counts the same deals as the handwritten metrics of commissions. */
const wonDeals = { id: "deals.won_value_over_time", metric: all["deals.won_value_over_time"] } as const

/** Returns a plan if aggregate rows are needed only to find the dominant currency. */
export const currencyPlan = (plan: Plan, at: At): Plan | undefined =>
  plan.metric.dominant === undefined || needsGroups(plan, at) || hasOpenDeals(plan) ? undefined : {
    ...plan,
    ...(isRowByRow(plan.metric) ? {} : wonDeals),
    ...(plan.current === -1 ? wholeOf(plan) : bucketIn(plan, plan.current)),
    groupBy: { _tag: "Nothing" },
    previous: -1,
    gapBucket: -1
  }

/** A point of one person has only the rows of this person, but still sees the leads of the whole scope. */
const withGroups = (plan: Plan, groups: Point["groups"]): Pick<Point, "scope" | "leadScope" | "groups"> => {
  const isPerson = plan.groupBy._tag === "Dimension" && plan.groupBy.dimension._tag === "Person"
  if (groups === undefined || !isPerson || !isRowByRow(plan.metric)) return { scope: plan.scope, groups }
  const { allMembers, ...scope } = plan.scope
  const people = scope.people.filter(({ userId }) => groups.includes(userId))
  const isNobodyIn = allMembers !== undefined && groups.includes(null)
  return { scope: { ...scope, people, ...(isNobodyIn && { allMembers }) }, leadScope: plan.scope, groups: undefined }
}

const comparisonOf = ({ comparison, metric }: Plan, { period }: At): Plan | null =>
  metric.shape === "timeseries" && period === "previous" ? comparison : null

const isWhole = ({ category, period, series = onlySeries }: At): boolean =>
  category === undefined && period !== "previous" && series === onlySeries

/** The open deals without an expected time. */
const undatedPoint = (all: Plan, currency: string | undefined): Point => ({
  ...all,
  ...wholeOf(all),
  groups: [undated],
  shown: [],
  currency
})

export const pointOf = (
  plan: Plan,
  allRows: ReadonlyArray<AggregateRow>,
  at: At,
  allBefore: ReadonlyArray<AggregateRow> = [],
  open: ReadonlyArray<AggregateRow> = allRows
): Point | undefined => {
  const all = at.bucket === none ? openDealsOf(plan) : null
  if (all !== null) {
    return isWhole(at)
      ? undatedPoint(all, inOneCurrency(plan, allRows, open).money.currency)
      : undefined
  }
  const comparison = comparisonOf(plan, at)
  const counting = comparison ?? plan
  const span = spanOf(counting, comparison === null ? at : { ...at, period: "current" })
  const asked = keyOf(plan, at)
  if (span === undefined || asked === undefined) return undefined
  const { money, rows } = inOneCurrency(plan, allRows, open)
  const before = inCurrency(allBefore, money.currency)
  const choice = asked.key === undefined
    ? { groups: everything(plan), shown: [] }
    : choiceOf(plan, asked.key, at.shown, [rows, before], comparison === null ? rows : before)
  if (choice === undefined) return undefined
  return {
    ...counting,
    ...span,
    ...withGroups(counting, choice.groups),
    shown: choice.shown,
    currency: money.currency,
    buckets: [],
    previous: -1,
    gapBucket: -1
  }
}
