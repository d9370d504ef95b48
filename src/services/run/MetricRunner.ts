import { Cause, Clock, Context, Duration, Effect, Layer, Queue, Result, Stream } from "effect"
import { constVoid, identity } from "effect/Function"
import { Config } from "../../Config.ts"
import type { Instant } from "../../domain/Calendar.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { RunRequest, Selection } from "../../domain/Run.ts"
import type { Scope } from "../../domain/Scope.ts"
import type { MetricSeries, Series, WidgetFault } from "../../domain/Series.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import type { Plan } from "../../query/Plan.ts"
import { faultySeries } from "../../query/series/shape.ts"
import { count } from "../../telemetry/measure.ts"
import { widgets as widgetCounts } from "../../telemetry/metrics.ts"
import { noteWidgets } from "../../telemetry/requestFacts.ts"
import { throttledWarning } from "../../telemetry/throttledWarning.ts"
import { Catalog } from "../access/Catalog.ts"
import { Gating } from "../access/Gating.ts"
import { Admission } from "../admission/Admission.ts"
import { RunBegan } from "../admission/fairness.ts"
import { runTimeout } from "../admission/limits.ts"
import { withDeadline } from "../admission/withDeadline.ts"
import { Goals } from "../goals/Goals.ts"
import { ifReadable, targetsFor, weightsFor } from "./goalsFor.ts"
import { MetricSource } from "./MetricSource.ts"
import type { Reader } from "./Reader.ts"
import { broken, compute, type Emit, faulty, type Run } from "./widgets.ts"

const timedOut: WidgetFault = {
  code: "timeout",
  message: "The count took too long. The other numbers are not affected."
}
const unavailable: WidgetFault = {
  code: "unavailable",
  message: "The data cannot be read right now; try again shortly."
}

const logDefect = (metricId: string, defect: unknown) =>
  Effect.as(Effect.annotateLogs(Effect.logError("a widget failed", Cause.die(defect)), { metricId }), broken)

/**
 * Calls `read` in the remembered scope, and sends the access query with the first statement. If the scope has changed,
 * discards the result and calls `read` again.
 */
export const readInScope = Effect.gen(function*() {
  const gating = yield* Gating
  const source = yield* MetricSource
  return Effect.fnUntraced(function*<A, E>(
    caller: Caller,
    selection: Selection,
    asOf: Instant,
    read: (scope: Scope, reader: Reader) => Effect.Effect<A, E>
  ) {
    const version = source.accessVersion(caller.organizationId)
    const { check, confirmed, scope } = yield* gating.presume(caller, selection, asOf, version)
    const result = yield* read(scope, yield* source.open(scope, check))
    const scopeNow = yield* confirmed
    return scopeNow === scope ? result : yield* read(scopeNow, yield* source.open(scopeNow))
  }, Effect.scoped)
})

interface Computed extends Pick<Run, "scope"> {
  readonly series: ReadonlyArray<MetricSeries>
}

interface Asked extends Omit<Run, "scope"> {
  readonly atOnce: number
  /** `until` is a monotonic time in nanoseconds. */
  readonly until: bigint
  readonly emit?: Emit
}

export class MetricRunner extends Context.Service<MetricRunner, {
  /** RUN_CONCURRENCY widgets are computed at the same time. */
  run(caller: Caller, request: RunRequest): Effect.Effect<ReadonlyArray<MetricSeries>, Unreachable>
  /** For a stream or a file. Computes one widget at a time, because it is less urgent than a run on the page. */
  runInBackground(caller: Caller, request: RunRequest): Effect.Effect<ReadonlyArray<MetricSeries>, Unreachable>
  /** The stream sends the first series only after the access check. */
  stream(caller: Caller, request: RunRequest): Effect.Effect<Stream.Stream<MetricSeries>, Unreachable>
  /** If a widget is late or unavailable, the freeze fails. */
  freeze(caller: Caller, request: RunRequest): Effect.Effect<Computed, Unreachable>
}>()("crm-reports/services/run/MetricRunner") {
  static readonly layer = Layer.effect(
    MetricRunner,
    Effect.gen(function*() {
      const catalog = yield* Catalog
      const gating = yield* Gating
      const source = yield* MetricSource
      const inScope = yield* readInScope
      const admission = yield* Admission
      const concurrency = yield* Config.runConcurrency
      const timeout = Duration.toMillis(yield* Config.widgetTimeout)
      const { stageWeights, targetsOf } = yield* Goals
      // Unreadable targets leave time for the numbers.
      const targetsIn = targetsFor({ targetsOf: (id, asked) => withDeadline(timeout)(targetsOf(id, asked)) })
      const weightsIn = weightsFor({ stageWeights: (id) => withDeadline(timeout)(stageWeights(id)) })
      const runNanos = Duration.toNanosUnsafe(yield* runTimeout)
      const freezeTimeout = yield* Config.freezeTimeout
      const logSlow = throttledWarning("a widget took too long")

      /** A failure of one widget becomes an error in its series, and the run goes on. */
      const isolated = (series: Effect.Effect<Series, Unreachable>, plan: Plan) =>
        series.pipe(
          Effect.catchTags({
            TimedOut: () => Effect.as(logSlow({ metricId: plan.id }), faulty(plan, timedOut)),
            Unavailable: () => Effect.succeed(faulty(plan, unavailable))
          }),
          Effect.catchDefect((defect) => Effect.map(logDefect(plan.id, defect), (fault) => faulty(plan, fault))),
          Effect.tap(({ error }) => count(() => widgetCounts({ metric: plan.id, outcome: error?.code ?? "ok" })))
        )

      const inTime = <A, E, R>(until: bigint, late: () => A, effect: Effect.Effect<A, E, R>) =>
        Effect.flatMap(Clock.monotonicTimeNanos, (now) => {
          const left = Number(until - now) / 1e6
          return left <= 0 ? Effect.succeed(late()) : withDeadline(Math.min(timeout, left))(effect)
        })

      const seriesIn = Effect.fnUntraced(function*(asked: Asked, scope: Scope, reader: Reader) {
        const { asOf, atOnce, caller, emit, request, until } = asked
        yield* noteWidgets(request.widgets.length)
        const targets = yield* ifReadable("targets", targetsIn(scope, request))
        const weights = yield* ifReadable("weights", weightsIn(scope, request))
        return yield* compute(catalog, { caller, request, scope, asOf, targets, weights }, reader, {
          concurrency: atOnce,
          emit,
          planning: (widget, planned) =>
            Effect.catchDefect(planned, (defect) =>
              Effect.map(logDefect(widget.metricId, defect), (fault) => {
                const { metric } = catalog.admit(caller, widget)
                return Result.fail(faultySeries(metric, scope, asOf, fault))
              })),
          counting: (counted) => Effect.catchTag(inTime(until, constVoid, counted), "TimedOut", () => Effect.void),
          computing: (plan, series, isCounted) =>
            isolated(isCounted ? series : inTime(until, () => faulty(plan, timedOut), series), plan)
        }).pipe(Effect.provideService(RunBegan, until - runNanos))
      })

      /** The deadline of a run begins when the run has its place. */
      const begin = Effect.clockWith((clock) =>
        Effect.sync(() => ({
          asOf: clock.currentTimeMillisUnsafe(),
          until: clock.monotonicTimeNanosUnsafe() + runNanos
        }))
      )
      const runWith = (caller: Caller, request: RunRequest, atOnce: number) =>
        Effect.flatMap(begin, (begun) => {
          const asked = { ...begun, caller, request, atOnce }
          return inScope(caller, request, begun.asOf, (scope, reader) => seriesIn(asked, scope, reader))
        })
      const run = (caller: Caller, request: RunRequest) =>
        admission.withPlace("runs", caller.organizationId)(runWith(caller, request, concurrency))
      const runInBackground = (caller: Caller, request: RunRequest) =>
        admission.withPlace("background_runs", caller.organizationId)(runWith(caller, request, 1))

      /** A stream holds no place of a run, because its client may be slow. */
      const stream = Effect.fnUntraced(function*(caller: Caller, request: RunRequest) {
        const begun = yield* begin
        const scope = yield* gating.scope(caller, request, begun.asOf)
        const reader = yield* source.open(scope)
        return Stream.callback<MetricSeries>((queue) => {
          const emit: Emit = (series) => Effect.asVoid(Queue.offerAll(queue, series))
          const asked = { ...begun, caller, request, atOnce: concurrency, emit }
          return Effect.andThen(seriesIn(asked, scope, reader), Queue.end(queue))
        })
      })

      const frozen = Effect.fnUntraced(function*(caller: Caller, request: RunRequest) {
        const { asOf } = yield* begin
        return yield* source.snapshot(caller.organizationId, (reader) =>
          Effect.gen(function*() {
            const scope = yield* gating.scope(caller, request, asOf)
            const targets = yield* targetsIn(scope, request)
            const weights = yield* weightsIn(scope, request)
            const series = yield* compute(catalog, { caller, request, scope, asOf, targets, weights }, reader, {
              // Widgets run one after the other, because a transaction has one connection.
              concurrency: 1,
              planning: (_widget, planned) => planned,
              counting: identity,
              computing: (_plan, series) => withDeadline(timeout)(series)
            })
            return { scope, series }
          })).pipe(withDeadline(freezeTimeout))
      })
      const freeze = (caller: Caller, request: RunRequest) =>
        admission.withPlace("runs", caller.organizationId)(frozen(caller, request))
      return { run, runInBackground, stream, freeze }
    })
  )
}
