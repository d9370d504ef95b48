import { Effect, Result } from "effect"
import { identity } from "effect/Function"
import type { RunRequest, WidgetRequest } from "../../domain/Run.ts"
import type { MetricSeries, Series, WidgetFault } from "../../domain/Series.ts"
import { isSameQuery, type Plan } from "../../query/Plan.ts"
import { faultySeries } from "../../query/series/emptySeries.ts"
import type { PlannedWidget } from "./planWidget.ts"

export const broken: WidgetFault = {
  code: "unavailable",
  message: "This widget cannot be computed; the others are not affected."
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

interface Computing<E> {
  readonly request: RunRequest
  readonly concurrency: number
  readonly plan: (widget: WidgetRequest) => Effect.Effect<PlannedWidget>
  /** Counts some of the plans before `seriesOf` is called. */
  readonly countAhead: (plans: ReadonlyArray<Plan>) => Effect.Effect<void, E>
  /** If this is true, `seriesOf` does not wait. */
  readonly isCounted: (plan: Plan) => boolean
  readonly seriesOf: (plan: Plan) => Effect.Effect<Series, E>
  readonly emit?: Emit | undefined
}

/** Equal widgets are computed once. The series have the order of the request. */
export const compute = Effect.fnUntraced(function*<E>(
  { concurrency, countAhead, emit, isCounted, plan, request: { widgets }, seriesOf }: Computing<E>
) {
  const planned = yield* Effect.forEach(
    widgets,
    (widget) => Effect.map(plan(widget), (result) => ({ instanceId: widget.instanceId, result }))
  )
  const plans = planned.flatMap(({ result }) => Result.isSuccess(result) ? [result.success] : [])
  const distinct = plans.filter((plan) => plans.find(isSameQuery(plan)) === plan)
  if (emit !== undefined) yield* emit(resultsOf(planned.filter(({ result }) => Result.isFailure(result)), []))
  yield* countAhead(distinct)
  const computedOf = (plan: Plan) =>
    Effect.map(seriesOf(plan), (series) => ({ plan, series })).pipe(
      Effect.tap((one) => emit === undefined ? Effect.void : emit(resultsOf(planned.filter(isOf(plan)), [one])))
    )
  const ready = new Set(distinct.filter(isCounted))
  const counted = yield* Effect.forEach(ready, computedOf)
  const others = distinct.filter((plan) => !ready.has(plan))
  const waited = yield* Effect.forEach(others, computedOf, { concurrency: Math.min(concurrency, others.length) })
  return resultsOf(planned, [...counted, ...waited])
})
