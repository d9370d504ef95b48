import { Context, Effect, type Fiber, Layer, type Scope, Stream } from "effect"
import { Config } from "../../Config.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { ReportId } from "../../domain/Ids.ts"
import type { LiveEvent, RoleChanged, TooManyStreams } from "../../domain/Live.ts"
import type { RunRequest } from "../../domain/Run.ts"
import type { MetricSeries } from "../../domain/Series.ts"
import { TimedOut, Unavailable, type Unreachable } from "../../domain/Unavailable.ts"
import { tallied } from "../../telemetry/measure.ts"
import { streamsFailed } from "../../telemetry/metrics.ts"
import { type Admitted, stillAdmitted } from "../access/Gating.ts"
import { Admission } from "../admission/Admission.ts"
import { Readiness } from "../database/Readiness.ts"
import { MetricRunner } from "../run/MetricRunner.ts"
import { currentMoment, type Moment } from "./Agenda.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { eventId, makeResumes, ownerOf } from "./Resumes.ts"

const maxFailures = 5

export interface LiveRequest<E, C> extends Admitted<C> {
  readonly request: Effect.Effect<RunRequest, E>
  readonly reportId?: ReportId | undefined
  readonly lastEventId?: string | undefined
}

const isUnreachable = <E>(error: E): error is Extract<E, Unreachable> =>
  error instanceof Unavailable || error instanceof TimedOut

const alive: LiveEvent = { event: "alive" }

const hasFailed = ({ error }: MetricSeries) => error?.code === "timeout" || error?.code === "unavailable"

export class LiveRuns extends Context.Service<LiveRuns, {
  open<E, C>(
    asked: LiveRequest<E, C>
  ): Effect.Effect<
    Stream.Stream<LiveEvent, E | C | Unreachable | RoleChanged>,
    E | Unreachable | TooManyStreams,
    Scope.Scope
  >
}>()("crm-reports/services/live/LiveRuns") {
  static readonly layer = Layer.effect(
    LiveRuns,
    Effect.gen(function*() {
      const feed = yield* ChangeFeed
      const admission = yield* Admission
      const readiness = yield* Readiness
      const runner = yield* MetricRunner
      const resume = makeResumes(yield* Config.liveStreams)
      let failed = 0
      yield* tallied(streamsFailed, () => failed)

      const open = Effect.fnUntraced(
        function*<E, C>(asking: LiveRequest<E, C>) {
          const { caller, expiresAt, lastEventId, reportId, request } = asking
          const { organizationId } = caller
          const scope = yield* Effect.scope
          yield* readiness.refuseDraining
          yield* admission.takeStream(caller)
          const watch = yield* Effect.tapError(feed.watch(organizationId, reportId), () =>
            Effect.sync(() => {
              failed += 1
            }))
          let version = watch.version()
          const asked = yield* request
          const ownerWith = (asked: RunRequest) => ownerOf([caller, reportId, asked])
          const { isResumed, progress } = yield* resume(ownerWith(asked), lastEventId)
          const { agenda, sent } = progress
          const begun = yield* currentMoment
          const isUpToDate = progress.version !== undefined && version <= progress.version &&
            !agenda.isDue(begun, watch.isLogged())
          const begin = (now: Moment) => {
            agenda.begin(now)
            progress.version = undefined
          }
          if (!isUpToDate) begin(begun)
          agenda.sent(begun)
          let failures = 0

          const eventsOf = (all: ReadonlyArray<MetricSeries>, now: Moment): ReadonlyArray<LiveEvent> => {
            const events = all.flatMap((series): ReadonlyArray<LiveEvent> => {
              const number = sent.numberOf(series)
              return number === undefined ? [] : [{ event: "series", id: eventId(progress, number), series }]
            })
            if (events.length > 0) agenda.sent(now)
            if (all.some(hasFailed)) agenda.retry(now, maxFailures)
            return events
          }
          const ready = Effect.sync((): ReadonlyArray<LiveEvent> => {
            progress.version = version
            return [{ event: "ready", id: eventId(progress) }]
          })

          const runAs = Effect.fnUntraced(function*(admitted: Caller, asked: RunRequest) {
            const series = yield* runner.runInBackground(admitted, asked)
            failures = 0
            agenda.ran()
            progress.owner = ownerWith(asked)
            sent.keepOnly(series)
            progress.version = version
            return eventsOf(series, yield* currentMoment)
          })
          const runAgain = Effect.gen(function*() {
            version = watch.version()
            const admitted = yield* stillAdmitted(asking)
            return yield* runAs(admitted, yield* request)
          })

          /** Until a session token expires, its signature is not verified again. */
          const comment = Effect.gen(function*() {
            const now = yield* currentMoment
            if (expiresAt === undefined || now.epoch >= expiresAt) yield* stillAdmitted(asking)
            agenda.sent(now)
            return [alive]
          })

          /** After an overload or an outage, the stream tries again before it ends. */
          const patient = <R>(events: Effect.Effect<ReadonlyArray<LiveEvent>, E | C | Unreachable | RoleChanged, R>) =>
            events.pipe(
              Effect.catchIf(isUnreachable, (failure) =>
                Effect.flatMap(currentMoment, (now) => {
                  failures += 1
                  if (failures === maxFailures) return Effect.fail(failure)
                  agenda.retry(now, failures)
                  agenda.sent(now)
                  return Effect.succeed([alive])
                }))
            )

          /** The run in progress keeps its place in the queue while the stream sends comments. */
          let running: Fiber.Fiber<ReadonlyArray<LiveEvent>, E | C | Unreachable | RoleChanged> | undefined
          const next = Effect.gen(function*() {
            if (running === undefined) {
              yield* watch.wait(agenda.next(yield* currentMoment, watch.isLogged(), expiresAt), version)
              yield* readiness.refuseDraining
              const now = yield* currentMoment
              const isDue = watch.version() !== version || agenda.isDue(now, watch.isLogged())
              if (!isDue) return yield* patient(comment)
              begin(now)
              const turn = admission.withPlace("background_runs", organizationId)(runAgain)
              running = yield* Effect.forkIn(turn, scope, { startImmediately: true })
            }
            yield* watch.waitFor(running, agenda.quietUntil(yield* currentMoment, expiresAt))
            yield* readiness.refuseDraining
            const ended = running.pollUnsafe()
            if (ended === undefined) return yield* patient(comment)
            running = undefined
            return yield* patient(ended)
          })

          const firstRun = Effect.map(
            runner.stream(caller, asked),
            (series) => Stream.mapEffect(series, (one) => Effect.map(currentMoment, (now) => eventsOf([one], now)))
          )
          const first = isUpToDate
            ? Stream.empty
            : isResumed
            ? Stream.succeed(yield* runAs(caller, asked))
            : yield* firstRun
          return first.pipe(
            Stream.concat(Stream.fromEffect(ready)),
            Stream.concat(Stream.fromEffectRepeat(next)),
            Stream.flattenIterable
          )
        }
      )
      return { open }
    })
  ).pipe(Layer.provide(ChangeFeed.layer))
}
