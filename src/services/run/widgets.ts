import { Effect, Result } from "effect"
import { identity } from "effect/Function"
import { coarser, tooMany } from "../../domain/Buckets.ts"
import type { Instant } from "../../domain/Calendar.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { RunRequest, WidgetRequest } from "../../domain/Run.ts"
import type { Scope } from "../../domain/Scope.ts"
import type { MetricSeries, Series, WidgetFault } from "../../domain/Series.ts"
import { sha256OfJson } from "../../domain/sha256.ts"
import { defaultTimeframe, defaultTimeframeAhead } from "../../domain/Timeframe.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { isAhead, isComparable } from "../../metrics/Metric.ts"
import type { AggregateRow } from "../../query/AggregateRow.ts"
import { appliedValues, bothOf, type Filters, filtersOf } from "../../query/Filters.ts"
import { isEmpty, isSameQuery, type Plan, type PlannedTargets, planOf, withBucket } from "../../query/Plan.ts"
import { needsOpenDeals, openDealsOf } from "../../query/series/openDeals.ts"
import { emptySeries, exceedsBuckets, faultySeries, shape } from "../../query/series/shape.ts"
import type { Catalog } from "../access/Catalog.ts"
import { type PlannedWeights, weightsOf } from "./goalsFor.ts"
import { countedAhead, isCountedBy, type Reader } from "./Reader.ts"

type PlannedWidget = Result.Result<Plan, Series>

export interface Run {
  readonly caller: Caller
  readonly request: RunRequest
  readonly scope: Scope
  readonly asOf: Instant
  readonly targets?: PlannedTargets | undefined
  readonly weights?: PlannedWeights | undefined
}

/** Filters that are stored may have another order of keys. */
const targetsFor = (targets: PlannedTargets | undefined, id: string, filters: Filters): PlannedTargets | undefined => {
  if (targets === undefined || targets === "unavailable") return targets
  const { also, applied } = appliedValues(filters)
  if (also !== undefined) return []
  const hash = sha256OfJson(applied)
  return targets.filter((target) => target.metricId === id && sha256OfJson(target.filters) === hash)
}

const planned = (
  catalog: Catalog["Service"],
  { asOf, caller, request, scope, targets: all, weights: found }: Run,
  widget: WidgetRequest
): PlannedWidget => {
  const admission = catalog.admit(caller, widget)
  if (admission._tag === "Refused") {
    return Result.fail(faultySeries(admission.metric, scope, asOf, admission.fault))
  }
  if (admission._tag === "Gated") {
    const empty = emptySeries(admission.metric, scope, asOf)
    return Result.fail({ ...empty, meta: { ...empty.meta, gated: "admin_only" } })
  }
  const { id, metric } = admission
  const filters = bothOf(filtersOf(metric, widget.filters), filtersOf(metric, request.filters))
  const usual = isAhead(metric) ? defaultTimeframeAhead : defaultTimeframe
  const timeframe = widget.timeframe ?? request.timeframe ?? usual
  const isCompared = request.comparePrevious === true && metric.shape !== "stat" && isComparable(metric)
  const { comparePrevious = false, groupBy, within } = widget
  const targets = widget.target === true ? targetsFor(all, id, filters) : undefined
  const isComparing = comparePrevious || isCompared
  return weightsOf(metric, found).pipe(
    Result.flatMap((weights) =>
      planOf({ id, metric, scope, asOf, groupBy, filters, within, targets, weights }, timeframe, isComparing)
    ),
    Result.mapError((error) => faultySeries(metric, scope, asOf, error))
  )
}

/** After planning more buckets than this, the run lets other requests go first. */
const manyBuckets = 100

export const planWidget = (catalog: Catalog["Service"], run: Run) => (widget: WidgetRequest) =>
  Effect.suspend(() => {
    const result = planned(catalog, run, widget)
    const isLong = Result.isFailure(result) || result.success.buckets.length > manyBuckets
    return isLong ? Effect.as(Effect.yieldNow, result) : Effect.succeed(result)
  })

export const broken: WidgetFault = {
  code: "unavailable",
  message: "The number cannot be counted now. The other numbers are not affected."
}

export const faulty = (plan: Plan, fault: WidgetFault): Series =>
  faultySeries(plan.metric, plan.scope, plan.asOf, fault)

interface Planned {
  readonly instanceId: string
  readonly result: PlannedWidget
}

export const resultsOf = (
  planned: ReadonlyArray<Planned>,
  computed: ReadonlyArray<{ readonly plan: Plan; readonly series: Series }>
): ReadonlyArray<MetricSeries> => {
  const seriesFor = (plan: Plan): Series => {
    const isSame = isSameQuery(plan)
    return computed.find((other) => isSame(other.plan))?.series ?? faulty(plan, broken)
  }
  return planned.map(({ instanceId, result }) => ({
    instanceId,
    ...Result.match(result, { onFailure: identity, onSuccess: seriesFor })
  }))
}

export type Emit = (series: ReadonlyArray<MetricSeries>) => Effect.Effect<void>

const isOf = (plan: Plan) => ({ result }: Planned) => Result.isSuccess(result) && isSameQuery(plan)(result.success)

interface Counted {
  /** `plan` has larger buckets than the requested plan if `all_time` needed them. */
  readonly plan: Plan
  readonly rows: ReadonlyArray<AggregateRow>
  readonly before: ReadonlyArray<AggregateRow>
  /** The rows of all open deals, if these decide the currency. */
  readonly open: ReadonlyArray<AggregateRow>
}

export const rowsOf = (reader: Reader, plan: Plan | null) =>
  plan === null || isEmpty(plan) ? Effect.succeed([]) : reader.rows(plan)

/** Returns undefined if there are too many buckets even with one per year. */
export const countedRows = Effect.fnUntraced(
  function*(reader: Reader, plan: Plan): Effect.fn.Return<Counted | undefined, Unreachable> {
    const rows = yield* rowsOf(reader, plan)
    const open = needsOpenDeals(plan) ? yield* rowsOf(reader, openDealsOf(plan)) : rows
    if (!exceedsBuckets(plan, rows, open)) {
      return { plan, rows, before: yield* rowsOf(reader, plan.comparison), open }
    }
    const bucket = coarser(plan.window?.bucket ?? "year")
    return bucket === undefined ? undefined : yield* countedRows(reader, withBucket(plan, bucket))
  }
)

const seriesFrom = (reader: Reader, plan: Plan): Effect.Effect<Series, Unreachable> =>
  Effect.map(
    countedRows(reader, plan),
    (counted) =>
      counted === undefined
        ? faulty(plan, tooMany("year"))
        : shape(counted.plan, counted.rows, counted.before, counted.open)
  )

/** The functions say what becomes of a widget that fails or takes too long. */
interface Computing<E> {
  readonly concurrency: number
  readonly planning: (widget: WidgetRequest, planned: Effect.Effect<PlannedWidget>) => Effect.Effect<PlannedWidget>
  readonly counting: (counted: Effect.Effect<void>) => Effect.Effect<void, E>
  /** If `isCounted` is true, `series` does not wait. */
  readonly computing: (
    plan: Plan,
    series: Effect.Effect<Series, Unreachable>,
    isCounted: boolean
  ) => Effect.Effect<Series, E>
  readonly emit?: Emit | undefined
}

/**
 * Makes the plan of each widget, reads the rows of each plan, and makes the series from the rows. Equal widgets are
 * computed once. The series have the order of the request.
 */
export const compute = Effect.fnUntraced(function*<E>(
  catalog: Catalog["Service"],
  run: Run,
  reader: Reader,
  { computing, concurrency, counting, emit, planning }: Computing<E>
) {
  const plan = planWidget(catalog, run)
  const planned = yield* Effect.forEach(
    run.request.widgets,
    (widget) => Effect.map(planning(widget, plan(widget)), (result) => ({ instanceId: widget.instanceId, result }))
  )
  const plans = planned.flatMap(({ result }) => Result.isSuccess(result) ? [result.success] : [])
  const distinct = plans.filter((plan) => plans.find(isSameQuery(plan)) === plan)
  if (emit !== undefined) yield* emit(resultsOf(planned.filter(({ result }) => Result.isFailure(result)), []))
  yield* counting(countedAhead(reader, distinct))
  const ready = new Set(distinct.filter(isCountedBy(reader)))
  const computedOf = (plan: Plan) =>
    Effect.map(computing(plan, seriesFrom(reader, plan), ready.has(plan)), (series) => ({ plan, series })).pipe(
      Effect.tap((one) => emit === undefined ? Effect.void : emit(resultsOf(planned.filter(isOf(plan)), [one])))
    )
  const counted = yield* Effect.forEach(ready, computedOf)
  const others = distinct.filter((plan) => !ready.has(plan))
  const waited = yield* Effect.forEach(others, computedOf, { concurrency: Math.min(concurrency, others.length) })
  return resultsOf(planned, [...counted, ...waited])
})
