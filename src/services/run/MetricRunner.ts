import { Cause, Clock, Context, Duration, Effect, Layer, Result } from "effect"
import { Config } from "../../Config.ts"
import { coarser, tooMany } from "../../domain/Buckets.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { RunRequest } from "../../domain/Run.ts"
import type { Scope } from "../../domain/Scope.ts"
import type { MetricSeries, Series, WidgetFault } from "../../domain/Series.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { asksTheSame, isEmpty, type Plan, withBucket } from "../../query/Plan.ts"
import { faultySeries } from "../../query/series/emptySeries.ts"
import { shape, startsEarlier } from "../../query/series/shape.ts"
import { Catalog } from "../access/Catalog.ts"
import { Gating } from "../access/Gating.ts"
import { throttledWarning } from "../limits/throttledWarning.ts"
import { withDeadline } from "../limits/withDeadline.ts"
import { MetricSource } from "./MetricSource.ts"
import { type Prepare, preparing } from "./planWidget.ts"

const timedOut: WidgetFault = { code: "timeout", message: "This widget took too long; the others are not affected." }
const broken: WidgetFault = {
  code: "unavailable",
  message: "This widget cannot be computed; the others are not affected."
}
const unavailable: WidgetFault = {
  code: "unavailable",
  message: "The data cannot be read right now; try again shortly."
}

/** In times of what one widget may take: after that a run answers with what it has. */
const longestRun = 4

const faulty = (plan: Plan, error: WidgetFault): Effect.Effect<Series> =>
  Effect.succeed(faultySeries(plan.metric, plan.scope, plan.asOf, error))

/** What nobody foresaw of a widget is heard in the log, and is that widget's own. */
const tellBroken = (metricId: string, defect: unknown) =>
  Effect.logError("a widget failed", Cause.die(defect)).pipe(Effect.annotateLogs({ metricId }), Effect.as(broken))

/** In the order of the request; widgets that ask the same are asked once. */
const compute = <E>(
  { widgets }: RunRequest,
  concurrency: number,
  prepare: Prepare,
  seriesOf: (plan: Plan) => Effect.Effect<Series, E>
) =>
  Effect.flatMap(Effect.forEach(widgets, prepare), (prepared) => {
    const plans = prepared.filter(Result.isSuccess).map(({ success }) => success)
    const asked = plans.filter((plan) => plans.find(asksTheSame(plan)) === plan)
    const answers = Effect.forEach(asked, seriesOf, { concurrency: Math.min(concurrency, asked.length) })
    return Effect.map(answers, (answered) => {
      const answerTo = (plan: Plan) => answered[asked.findIndex(asksTheSame(plan))]
      const series: Array<MetricSeries> = []
      for (const [index, { instanceId }] of widgets.entries()) {
        const widget = prepared[index]
        const found = widget === undefined || Result.isFailure(widget) ? widget?.failure : answerTo(widget.success)
        if (found !== undefined) series.push({ instanceId, ...found })
      }
      return series
    })
  })

/** The series of a request, and whose rows were counted for them. */
interface Computed {
  readonly scope: Scope
  readonly series: ReadonlyArray<MetricSeries>
}

/** Many widgets on live data. One widget's fault never spoils the others. */
export class MetricRunner extends Context.Service<MetricRunner, {
  /** A few at a time. */
  run(caller: Caller, request: RunRequest): Effect.Effect<ReadonlyArray<MetricSeries>, Unreachable>
  /** All of one moment; a widget that cannot be answered in time fails them all. */
  freeze(caller: Caller, request: RunRequest): Effect.Effect<Computed, Unreachable>
}>()("crm-reports/services/MetricRunner") {
  static readonly layer = Layer.effect(
    MetricRunner,
    Effect.gen(function*() {
      const catalog = yield* Catalog
      const gating = yield* Gating
      const source = yield* MetricSource
      const concurrency = yield* Config.runConcurrency
      const timeout = Duration.toMillis(yield* Config.widgetTimeout)
      const freezeTimeout = yield* Config.freezeTimeout

      const answer = (plan: Plan): Effect.Effect<Series, Unreachable> =>
        Effect.flatMap(isEmpty(plan) ? Effect.succeed([]) : source.tallies(plan), (tallies) => {
          if (!startsEarlier(plan, tallies)) return Effect.succeed(shape(plan, tallies))
          const bucket = coarser(plan.window?.bucket ?? "year")
          return bucket === undefined ? faulty(plan, tooMany("year")) : answer(withBucket(plan, bucket))
        })

      const answerWithin = (limit: number) => (plan: Plan) => withDeadline(limit)(answer(plan))

      const tellSlow = throttledWarning("a widget took too long")

      const answerOrFault = (until: number) => (plan: Plan) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          if (now >= until) return faulty(plan, timedOut)
          return Effect.catchTags(answerWithin(Math.min(timeout, until - now))(plan), {
            TimedOut: () => Effect.andThen(tellSlow({ metricId: plan.id }), faulty(plan, timedOut)),
            Unavailable: () => faulty(plan, unavailable)
          }).pipe(
            Effect.catchDefect((defect) => Effect.flatMap(tellBroken(plan.id, defect), (fault) => faulty(plan, fault)))
          )
        })

      const run = (caller: Caller, request: RunRequest) =>
        Effect.flatMap(Clock.currentTimeMillis, (asOf) => {
          const until = asOf + timeout * longestRun
          const work = (scope: Scope) => {
            const prepare = preparing(catalog, caller, scope, asOf, request)
            const prepareAnyway: Prepare = (widget) =>
              Effect.catchDefect(prepare(widget), (defect) =>
                Effect.map(tellBroken(widget.metricId, defect), (error) => {
                  const { metric } = catalog.admit(caller, widget)
                  return Result.fail(faultySeries(metric, scope, asOf, error))
                }))
            return compute(request, concurrency, prepareAnyway, answerOrFault(until))
          }
          return Effect.andThen(
            source.shedLoad(caller.organizationId),
            gating.inScope(caller, request.assigneeIds, asOf, work)
          )
        })

      /** One after the other: a cut is one connection, and a widget's time does not run while it waits for it. */
      const freeze = Effect.fnUntraced(function*(caller: Caller, request: RunRequest) {
        yield* source.shedLoad(caller.organizationId)
        const asOf = yield* Clock.currentTimeMillis
        const cut = Effect.gen(function*() {
          const scope = yield* gating.scope(caller, request.assigneeIds, asOf)
          const prepare = preparing(catalog, caller, scope, asOf, request)
          return { scope, series: yield* compute(request, 1, prepare, answerWithin(timeout)) }
        })
        return yield* withDeadline(freezeTimeout)(source.inOneCut(caller.organizationId, cut))
      })
      return { run, freeze }
    })
  )
}
