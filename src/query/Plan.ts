import { Result } from "effect"
import { memoize } from "effect/Function"
import { bucketsOf, type BucketSpan, matured, type Maturing } from "../domain/Buckets.ts"
import type { Instant } from "../domain/Calendar.ts"
import { isEmptyScope, type Scope } from "../domain/Scope.ts"
import type { Target } from "../domain/Target.ts"
import type { Bucket, Timeframe } from "../domain/Timeframe.ts"
import { type InvalidWindow, todayOf, type Window, windowOf } from "../domain/Window.ts"
import type { MetricId } from "../metrics/all.ts"
import { type Dimension, isAhead, type Metric, type Part, person, withinOf } from "../metrics/Metric.ts"
import type { Filter, Filters } from "./Filters.ts"

export type GroupBy =
  | { readonly _tag: "Nothing" }
  | { readonly _tag: "Dimension"; readonly dimension: Dimension }
  | { readonly _tag: "Parts"; readonly parts: ReadonlyArray<Part> }

/** The targets of the people in scope for this metric and these filters. */
export type PlannedTargets = ReadonlyArray<Target> | "unavailable"

export interface Plan {
  readonly id: MetricId
  readonly metric: Metric
  readonly scope: Scope
  /** The weights of stages, in hundredths of a percent. Undefined if the metric has no weights. */
  readonly weights?: Weights | undefined
  /** The start of today in the organization's time zone. Undefined if the metric does not compare days. */
  readonly today?: Instant
  /** In days. Undefined if the metric has no choice of `within`. */
  readonly within?: number | undefined
  /** If it is present, the leads of this scope are seen, and otherwise those of `scope`. */
  readonly leadScope?: Scope
  readonly asOf: Instant
  readonly groupBy: GroupBy
  readonly filters: Filters
  /** The currency that the first page of a list has decided. */
  readonly currency?: string | undefined
  readonly window: Window | null
  readonly buckets: ReadonlyArray<BucketSpan>
  readonly boundaries: ReadonlyArray<Instant>
  /** If `hasLowerBound` is false, rows before the first boundary are in bucket 0. */
  readonly hasLowerBound: boolean
  /** `current` is the bucket that covers the window, or -1 for a timeseries or an empty window. */
  readonly current: number
  readonly previous: number
  /** `gapBucket` is the bucket between `previous` and `current`, or -1. Its rows are not counted. */
  readonly gapBucket: number
  /** `comparison` is null if the widget does not compare with the previous window. */
  readonly comparison: Plan | null
  /** A widget that asks for no target has no `targets`. */
  readonly targets?: PlannedTargets | undefined
}

export type Weights = ReadonlyMap<string, number>

export interface PlanRequest {
  readonly id: MetricId
  readonly metric: Metric
  readonly scope: Scope
  readonly asOf: Instant
  readonly groupBy: string | undefined
  readonly filters: Filters
  readonly within?: number | undefined
  readonly targets?: PlannedTargets | undefined
  readonly weights?: Weights | undefined
}

const groupByOf = ({ groupBy, metric }: PlanRequest): GroupBy => {
  switch (metric.shape) {
    case "timeseries": {
      const dimension = groupBy === undefined ? undefined : metric.groupBy[groupBy]
      return dimension === undefined ? { _tag: "Nothing" } : { _tag: "Dimension", dimension }
    }
    case "category":
      return "parts" in metric ? { _tag: "Parts", parts: metric.parts } : { _tag: "Dimension", dimension: metric.by }
    case "stat":
      if (metric.measure._tag === "Weighted") return { _tag: "Dimension", dimension: metric.measure.by }
      return metric.split === undefined ? { _tag: "Nothing" } : { _tag: "Parts", parts: metric.split.parts }
    case "leaderboard":
      return { _tag: "Dimension", dimension: person }
  }
}

type Bounds = Pick<Plan, "buckets" | "boundaries" | "hasLowerBound" | "current" | "previous" | "gapBucket">

const noBounds = { buckets: [], boundaries: [], hasLowerBound: true, current: -1, previous: -1, gapBucket: -1 }

const stateNow: Bounds = { ...noBounds, hasLowerBound: false, current: 0 }

/** In a window ahead without an end, rows after the last bucket are between two boundaries, so that they are noticed. */
const boundariesOf = ({ countedTo }: Window, buckets: ReadonlyArray<BucketSpan>): ReadonlyArray<Instant> => {
  const last = buckets.at(-1)
  if (last === undefined) return []
  const starts = buckets.map(({ from }) => from)
  return last.to < countedTo ? [...starts, last.to, countedTo] : [...starts, countedTo]
}

const timeseriesBounds = (window: Window, maturing: Maturing): Result.Result<Bounds, InvalidWindow> =>
  Result.map(bucketsOf(window), (buckets) => ({
    ...noBounds,
    buckets: matured(buckets, maturing),
    boundaries: boundariesOf(window, buckets),
    hasLowerBound: window.from !== null || window.ahead !== undefined
  }))

const allTimeBounds = (window: Window): Bounds => ({ ...stateNow, boundaries: [window.countedTo] })

const windowBounds = (from: Instant, window: Window, comparesBack: boolean): Bounds => {
  const before = window.previous
  if (window.countedTo <= from) return noBounds
  if (!comparesBack || before === null || before.to <= before.from) {
    return { ...noBounds, boundaries: [from, window.countedTo], current: 1 }
  }
  if (before.to === from) {
    return { ...noBounds, boundaries: [before.from, from, window.countedTo], current: 2, previous: 1 }
  }
  return {
    ...noBounds,
    boundaries: [before.from, before.to, from, window.countedTo],
    current: 3,
    previous: 1,
    gapBucket: 2
  }
}

const boundsOf = (metric: Metric, window: Window, maturing: Maturing): Result.Result<Bounds, InvalidWindow> => {
  if (metric.shape === "timeseries") return timeseriesBounds(window, maturing)
  if (window.from === null) return Result.succeed(allTimeBounds(window))
  return Result.succeed(windowBounds(window.from, window, metric.shape === "stat"))
}

const previousOf = (window: Window): Window | undefined =>
  window.previous === null ? undefined : {
    ...window,
    ...window.previous,
    countedTo: window.previous.to,
    previous: null
  }

export const planOf = (
  request: PlanRequest,
  timeframe: Timeframe,
  comparePrevious = false
): Result.Result<Plan, InvalidWindow> => {
  const { asOf, metric, scope: { organization } } = request
  const day = metric.byDay === true ? todayOf(organization, asOf) : Result.succeed(undefined)
  if (Result.isFailure(day)) return Result.fail(day.failure)
  const today = day.success
  const choice = withinOf(metric)
  const within = choice === undefined ? undefined : request.within ?? choice.usual
  const planned = {
    ...request,
    within,
    groupBy: groupByOf(request),
    comparison: null,
    ...(today !== undefined && { today })
  }
  if (metric.at === undefined) return Result.succeed({ ...planned, window: null, ...stateNow })
  const planIn = (window: Window): Result.Result<Plan, InvalidWindow> =>
    Result.map(boundsOf(metric, window, planned), (bounds) => ({ ...planned, window, ...bounds }))
  return Result.flatMap(windowOf(timeframe, organization, asOf, isAhead(metric) ? today : undefined), (window) => {
    const plan = planIn(window)
    const before = comparePrevious ? previousOf(window) : undefined
    if (before === undefined || Result.isFailure(plan)) return plan
    return Result.map(planIn(before), (comparison) => ({ ...plan.success, comparison }))
  })
}

export const withBucket = (plan: Plan, bucket: Bucket): Plan => {
  if (plan.window === null) return plan
  const window = { ...plan.window, bucket }
  return { ...plan, window, ...Result.getOrElse(timeseriesBounds(window, plan), () => noBounds) }
}

/** Times before this instant are past. */
export const pastBefore = ({ asOf, today }: Pick<Plan, "asOf" | "today">): Instant => today ?? asOf

export const isEmpty = (plan: Plan): boolean =>
  isEmptyScope(plan.scope) || plan.filters.invalid === true ||
  (plan.window !== null && plan.boundaries.length < (plan.hasLowerBound ? 2 : 1))

export const groupByName = (groupBy: GroupBy): string =>
  groupBy._tag === "Dimension" && groupBy.dimension._tag === "Field" ? groupBy.dimension.name : groupBy._tag

const fingerprintOf = memoize(({ comparison, filters, groupBy, targets, window, within }: Plan): string =>
  JSON.stringify([
    groupByName(groupBy),
    window,
    comparison !== null,
    within,
    targets,
    filters.applied.map((filter: Filter) => [filter.key, filter.values, filter.orNone]),
    filters.ignored,
    filters.invalid
  ])
)

export const isSameQuery = (a: Plan) => (b: Plan): boolean =>
  a === b || (a.id === b.id && fingerprintOf(a) === fingerprintOf(b))
