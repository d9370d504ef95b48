import { Result } from "effect"
import { memoize } from "effect/Function"
import { type BucketSlot, bucketsOf } from "../domain/Buckets.ts"
import type { Instant } from "../domain/Calendar.ts"
import type { Scope } from "../domain/Scope.ts"
import type { Bucket, Timeframe } from "../domain/Timeframe.ts"
import { type InvalidWindow, type Window, windowOf } from "../domain/Window.ts"
import type { MetricId } from "../metrics/all.ts"
import { type Dimension, type Metric, type Part, person } from "../metrics/Metric.ts"
import type { Filter, Filters } from "./Filters.ts"

/** By what the lines are split: nothing, the values of a dimension, or the parts of a breakdown. */
export type Split =
  | { readonly _tag: "Whole" }
  | { readonly _tag: "By"; readonly dimension: Dimension }
  | { readonly _tag: "Parts"; readonly parts: ReadonlyArray<Part> }

/** One question to a source, with every instant computed: a source knows no calendar and no clock. */
export interface Plan {
  readonly id: MetricId
  readonly metric: Metric
  readonly scope: Scope
  readonly asOf: Instant
  readonly split: Split
  readonly filters: Filters
  /** Null for a metric of the state now. */
  readonly window: Window | null
  /** The emitted buckets of a timeseries. */
  readonly slots: ReadonlyArray<BucketSlot>
  /** Ascending; bucket `i` of a tally is `[edges[i - 1], edges[i])`. None for the state now. */
  readonly edges: ReadonlyArray<Instant>
  /** Rows before the first edge are counted too, as bucket 0. */
  readonly isOpen: boolean
  /** The buckets of a stat; `previous` is -1 where the window before is empty or missing. */
  readonly current: number
  readonly previous: number
  /** The bucket between the window before and this one, which is not counted; -1 where they meet. */
  readonly gap: number
}

export interface Question {
  readonly id: MetricId
  readonly metric: Metric
  readonly scope: Scope
  readonly asOf: Instant
  readonly groupBy: string | undefined
  readonly filters: Filters
}

const splitOf = ({ groupBy, metric }: Question): Split => {
  switch (metric.shape) {
    case "timeseries": {
      const dimension = groupBy === undefined ? undefined : metric.groupBy[groupBy]
      return dimension === undefined ? { _tag: "Whole" } : { _tag: "By", dimension }
    }
    case "category":
      return "parts" in metric ? { _tag: "Parts", parts: metric.parts } : { _tag: "By", dimension: metric.by }
    case "stat":
      return { _tag: "Whole" }
    case "leaderboard":
      return { _tag: "By", dimension: person }
  }
}

type Edges = Pick<Plan, "slots" | "edges" | "isOpen" | "current" | "previous" | "gap">

const noEdges = { slots: [], edges: [], isOpen: false, current: -1, previous: -1, gap: -1 }

/** Every row is of bucket 0. */
const stateNow: Edges = { ...noEdges, isOpen: true, current: 0 }

const timeseriesEdges = (window: Window): Result.Result<Edges, InvalidWindow> =>
  Result.map(bucketsOf(window), (slots) => ({
    ...noEdges,
    slots,
    edges: slots.length === 0 ? [] : [...slots.map((slot) => slot.from), window.counted],
    isOpen: window.from === null
  }))

const openEdges = (window: Window): Edges => ({ ...stateNow, edges: [window.counted] })

const closedEdges = (from: Instant, window: Window, comparesBack: boolean): Edges => {
  const before = window.previous
  if (window.counted <= from) return noEdges
  if (!comparesBack || before === null || before.to <= before.from) {
    return { ...noEdges, edges: [from, window.counted], current: 1 }
  }
  if (before.to === from) return { ...noEdges, edges: [before.from, from, window.counted], current: 2, previous: 1 }
  return { ...noEdges, edges: [before.from, before.to, from, window.counted], current: 3, previous: 1, gap: 2 }
}

const edgesOf = (metric: Metric, window: Window): Result.Result<Edges, InvalidWindow> => {
  if (metric.shape === "timeseries") return timeseriesEdges(window)
  if (window.from === null) return Result.succeed(openEdges(window))
  return Result.succeed(closedEdges(window.from, window, metric.shape === "stat"))
}

/** Every plan is laid out alike, however it came about: all that reads plans is faster for it. */
const planWith = (
  { asOf, filters, id, metric, scope, split }: Omit<Plan, keyof Edges | "window">,
  window: Window | null,
  { current, edges, gap, isOpen, previous, slots }: Edges
): Plan => ({ id, metric, scope, asOf, split, filters, window, slots, edges, isOpen, current, previous, gap })

export const planOf = (question: Question, timeframe: Timeframe): Result.Result<Plan, InvalidWindow> => {
  const { asOf, filters, id, metric, scope } = question
  const asked = { id, metric, scope, asOf, split: splitOf(question), filters }
  if (metric.at === undefined) return Result.succeed(planWith(asked, null, stateNow))
  const window = windowOf(timeframe, scope.organization, asOf)
  if (Result.isFailure(window)) return Result.fail(window.failure)
  return Result.map(edgesOf(metric, window.success), (edges) => planWith(asked, window.success, edges))
}

/** The same question over all time, by a coarser bucket. */
export const withBucket = (plan: Plan, bucket: Bucket): Plan => {
  if (plan.window === null) return plan
  const window = { ...plan.window, bucket }
  return planWith(plan, window, Result.getOrElse(timeseriesEdges(window), () => plan))
}

/** No row can be in the answer, so nothing needs to be asked. */
export const isEmpty = (plan: Plan): boolean =>
  plan.scope.people.length === 0 || (plan.window !== null && plan.edges.length < (plan.isOpen ? 1 : 2))

/** By what a metric's lines are split. */
export const splitName = (split: Split): string =>
  split._tag === "By" && split.dimension._tag === "Field" ? split.dimension.name : split._tag

const detailsOf = memoize(({ filters, split, window }: Plan): string =>
  JSON.stringify([
    splitName(split),
    window,
    filters.applied.map((filter: Filter) => [filter.key, filter.values, filter.orNone]),
    filters.ignored
  ])
)

/** Whether two plans of one run ask the same. */
export const asksTheSame = (a: Plan) => (b: Plan): boolean =>
  a === b || (a.id === b.id && detailsOf(a) === detailsOf(b))
