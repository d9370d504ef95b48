import { bucketsOf } from "../../domain/Buckets.ts"
import { hasNobody } from "../../domain/Scope.ts"
import type { LeaderboardPoint, Meta } from "../../domain/Series.ts"
import { organizationOwner, type Target } from "../../domain/Target.ts"
import { amountsIn, daysBegun, hasWholePeriods, type TargetAmount } from "../../domain/targetAmounts.ts"
import type { TargetPoint } from "../../domain/TargetFigures.ts"
import type { Window } from "../../domain/Window.ts"
import { isAhead, type Metric } from "../../metrics/Metric.ts"
import { divide } from "../definitions.ts"
import type { Plan, PlannedTargets } from "../Plan.ts"
import { dueAt, meanAt, meanIn, partsOf, type Span, totalOf } from "./targetSums.ts"
import { isMean, numberOf, percentOf, type Value } from "./values.ts"

type Figures = NonNullable<Meta["target"]>
type Fault = Extract<Figures, { readonly error: unknown }>

const faults = {
  unsupported: "A target needs a number, an ungrouped timeseries or a ranking by person, over a timeframe.",
  no_whole_period: "A target needs a timeframe of whole months, quarters or years.",
  not_additive: "Targets of several people cannot be added up for a percentage or an average.",
  incomparable: "The target is in another currency than the number."
} as const

const faulty = (code: keyof typeof faults): Fault => ({ error: { code, message: faults[code] } })

/** Groups and categories have no target. */
export const takesTarget = ({ at, shape }: Metric): boolean => at !== undefined && shape !== "category"

const isPlain = ({ groupBy, metric }: Plan): boolean =>
  takesTarget(metric) && (metric.shape === "leaderboard" || groupBy._tag === "Nothing")

interface Goal {
  readonly currency: string | null
  readonly amounts: ReadonlyArray<TargetAmount>
}

const coarsestFirst = ["year", "quarter", "month"] as const

type Owned = ReadonlyMap<string, ReadonlyArray<Target>>

const ownedIn = (targets: ReadonlyArray<Target>): Owned => Map.groupBy(targets, (one) => one.for)

/** Returns the goal of the coarsest period for which the owner has all values. */
const goalOf = (owned: Owned, owner: string, window: Window): Goal | undefined => {
  const own = owned.get(owner) ?? []
  for (const period of coarsestFirst) {
    const target = own.find((one) => one.period === period)
    const amounts = target && amountsIn(target, window)
    if (target !== undefined && amounts !== undefined) return { currency: target.currency, amounts }
  }
  return undefined
}

interface Goals {
  readonly goals: ReadonlyArray<Goal>
  readonly people: number
  readonly missing: number
}

const goalsOf = ({ scope }: Plan, targets: ReadonlyArray<Target>, window: Window): Goals => {
  const owned = ownedIn(targets)
  const whole = scope.kind === "everyone" ? goalOf(owned, organizationOwner, window) : undefined
  if (whole !== undefined) return { goals: [whole], people: 0, missing: 0 }
  const own = scope.people.map(({ hasLeft, userId }) => ({ hasLeft, goal: goalOf(owned, userId, window) }))
  const goals = own.flatMap(({ goal }) => goal === undefined ? [] : [goal])
  const missing = own.filter(({ goal, hasLeft }) => goal === undefined && !hasLeft)
  return { goals, people: goals.length, missing: missing.length }
}

const projectedOf = (plan: Plan, { from, timeZone, to }: Window, value: Value): Value => {
  if (value === null || from === null || isMean(plan.metric) || isAhead(plan.metric)) return null
  const [begun, days] = [daysBegun(timeZone, { from, to }, plan.asOf), daysBegun(timeZone, { from, to }, to)]
  return begun === 0 ? null : divide(value * BigInt(days), BigInt(begun))
}

/** Also the buckets after `asOf` have a point. */
const pointsOf = (metric: Metric, window: Window, dueIn: (bucket: Span) => bigint) => {
  const buckets = bucketsOf({ ...window, countedTo: window.to })
  if (buckets._tag === "Failure") return {}
  return {
    points: buckets.success.map(({ date, ...span }): TargetPoint => ({
      bucket: date,
      value: numberOf(metric, dueIn(span)) ?? 0
    }))
  }
}

const isElsewhere = (metric: Metric, currency: string | undefined) => (goal: Goal): boolean =>
  metric.unit === "money" && goal.currency !== currency

interface Counted {
  readonly value: Value
  readonly currency: string | undefined
}

const figuresOf = (plan: Plan, targets: ReadonlyArray<Target>, { currency, value }: Counted): Figures => {
  const { asOf, metric, scope, window } = plan
  if (!isPlain(plan) || window === null) return faulty("unsupported")
  if (!hasWholePeriods(window)) return faulty("no_whole_period")
  const { timeZone } = window
  const { goals, missing, people } = goalsOf(plan, targets, window)
  const isOfOrganization = goals.length === 1 && people === 0
  const owners = scope.people.length + (hasNobody(scope) ? 1 : 0)
  if (isMean(metric) && owners > 1 && !isOfOrganization) return faulty("not_additive")
  if (goals.some(isElsewhere(metric, currency))) return faulty("incomparable")
  const parts = partsOf(metric, goals.flatMap((goal) => goal.amounts))
  const total = goals.length === 0 ? null : totalOf(metric, parts)
  const due = isMean(metric) ? meanAt(timeZone, parts, asOf) ?? total : dueAt(timeZone, parts, asOf)
  return {
    value: numberOf(metric, total),
    people,
    missing,
    attainedPct: percentOf(value, total),
    expectedByNow: numberOf(metric, total === null ? null : due),
    projected: numberOf(metric, projectedOf(plan, window, value)),
    remaining: numberOf(metric, total === null || value === null ? null : total - value),
    additive: people < 2 || metric.from.seenBy.assignees === undefined,
    ...(metric.shape === "timeseries" && total !== null &&
      pointsOf(
        metric,
        window,
        (bucket) => isMean(metric) ? meanIn(timeZone, parts, bucket) : dueAt(timeZone, parts, bucket.to - 1)
      ))
  }
}

const unavailable: Fault = {
  error: { code: "unavailable", message: "The targets cannot be read right now; try again shortly." }
}

/** `counted` is the number that the target is compared with. */
export const targetOf = (plan: Plan, targets: PlannedTargets, counted: () => Counted): Figures =>
  targets === "unavailable" ? unavailable : figuresOf(plan, targets, counted())

interface Ranked {
  readonly point: LeaderboardPoint
  readonly value: Value
}

/** Each person is compared with the own target. A target in another currency is left out. */
export const withOwnTargets = (
  { metric, targets, window }: Plan,
  ranked: ReadonlyArray<Ranked>,
  currency: string | undefined
): { readonly points: ReadonlyArray<LeaderboardPoint>; readonly meta: Pick<Meta, "target"> } => {
  const plain = ranked.map(({ point }) => point)
  if (targets === undefined) return { points: plain, meta: {} }
  if (targets === "unavailable") return { points: plain, meta: { target: unavailable } }
  if (window === null || !hasWholePeriods(window)) return { points: plain, meta: { target: faulty("no_whole_period") } }
  const isForeign = isElsewhere(metric, currency)
  const owned = ownedIn(targets)
  const goals = ranked.map(({ point: { category } }) =>
    category === organizationOwner ? undefined : goalOf(owned, category, window)
  )
  const points = ranked.map(({ point, value }, index) => {
    const goal = goals[index]
    const total = goal === undefined || isForeign(goal) ? null : totalOf(metric, partsOf(metric, goal.amounts))
    return { ...point, target: numberOf(metric, total), attainedPct: percentOf(value, total) }
  })
  const hasForeign = goals.some((goal) => goal !== undefined && isForeign(goal))
  return { points, meta: hasForeign ? { target: faulty("incomparable") } : {} }
}
