import { Clock, Context, Effect, Layer, PartitionedSemaphore, type Scope, Stream } from "effect"
import type { Caller } from "../../domain/Caller.ts"
import type { ReportId } from "../../domain/Ids.ts"
import { type LiveEvent, RoleChanged, type TooManyStreams } from "../../domain/Live.ts"
import type { RunRequest } from "../../domain/Run.ts"
import type { MetricSeries } from "../../domain/Series.ts"
import { TimedOut, Unavailable, type Unreachable } from "../../domain/Unavailable.ts"
import { Readiness } from "../database/Readiness.ts"
import { perOrganization } from "../limits/perOrganization.ts"
import { MetricRunner } from "../run/MetricRunner.ts"
import { makeAgenda } from "./Agenda.ts"
import { ChangeFeed } from "./ChangeFeed.ts"
import { makeSent } from "./Sent.ts"
import { StreamLimits } from "./StreamLimits.ts"

/** All streams share this limit, so that other requests find free connections. */
const runsAtOnce = 4

/** This many failures in a row end a stream. */
const maxFailures = 5

export interface LiveRequest<E, C> {
  readonly caller: Caller
  /** Asks again whether the credential is accepted. */
  readonly check: Effect.Effect<Caller, C>
  /** In epoch milliseconds. Undefined if only `check` can tell. */
  readonly expiresAt: number | undefined
  /** Reads the report of a saved run again. */
  readonly request: Effect.Effect<RunRequest, E>
  readonly reportId?: ReportId | undefined
}

const isUnreachable = <E>(error: E): error is Extract<E, Unreachable> =>
  error instanceof Unavailable || error instanceof TimedOut

const alive: LiveEvent = { event: "alive" }
const ready: LiveEvent = { event: "ready" }

const hasFailed = ({ error }: MetricSeries) => error?.code === "timeout" || error?.code === "unavailable"

export class LiveRuns extends Context.Service<LiveRuns, {
  /** Fails if the first run fails. Later, a failure ends the stream. */
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
      const limits = yield* StreamLimits
      const readiness = yield* Readiness
      const runner = yield* MetricRunner
      const turns = yield* PartitionedSemaphore.make<string>({ permits: runsAtOnce })
      const withOwnTurn = yield* perOrganization(runsAtOnce)
      const stopped = Effect.andThen(readiness.drained, readiness.refuseDraining)

      const open = Effect.fnUntraced(
        function*<E, C>({ caller, check, expiresAt, reportId, request }: LiveRequest<E, C>) {
          const { organizationId, role } = caller
          yield* readiness.refuseDraining
          yield* limits.take(caller)
          const watch = yield* feed.watch(organizationId, reportId)
          const agenda = makeAgenda(yield* Clock.currentTimeMillis, expiresAt)
          const sent = makeSent()
          let version = watch.version()
          let failures = 0

          const eventsOf = (all: ReadonlyArray<MetricSeries>, now: number): ReadonlyArray<LiveEvent> => {
            const series = all.filter(sent.isNew)
            if (series.length > 0) agenda.sent(now)
            if (all.some(hasFailed)) agenda.retry(now, maxFailures)
            return series.map((one) => ({ event: "series", series: one }))
          }

          const stillAdmitted = Effect.flatMap(
            check,
            (now) => now.role === role ? Effect.succeed(now) : Effect.fail(new RoleChanged())
          )

          const runAgain = Effect.gen(function*() {
            version = watch.version()
            const admitted = yield* stillAdmitted
            const series = yield* runner.run(admitted, yield* request, 1)
            failures = 0
            sent.keepOnly(series)
            return eventsOf(series, yield* Clock.currentTimeMillis)
          })

          /** A session token stays valid until it expires, and verifying its signature is expensive. */
          const comment = Effect.gen(function*() {
            const now = yield* Clock.currentTimeMillis
            if (expiresAt === undefined || now >= expiresAt) yield* stillAdmitted
            agenda.sent(now)
            return [alive]
          })

          /** An overload or an outage does not end the stream at once. */
          const patient = <R>(events: Effect.Effect<ReadonlyArray<LiveEvent>, E | C | Unreachable | RoleChanged, R>) =>
            events.pipe(
              Effect.catchIf(isUnreachable, (failure) =>
                Effect.flatMap(Clock.currentTimeMillis, (now) => {
                  failures += 1
                  if (failures === maxFailures) return Effect.fail(failure)
                  agenda.retry(now, failures)
                  agenda.sent(now)
                  return Effect.succeed([alive])
                }))
            )

          const next = Effect.gen(function*() {
            const wait = agenda.wait(yield* Clock.currentTimeMillis, watch.isLogged())
            yield* Effect.raceAllFirst([watch.changedSince(version), Effect.sleep(wait), stopped])
            const now = yield* Clock.currentTimeMillis
            const isDue = watch.version() !== version || agenda.isDue(now, watch.isLogged())
            if (!isDue) return yield* patient(comment)
            agenda.begin(now)
            return yield* patient(withOwnTurn(organizationId)(turns.withPermit(organizationId)(runAgain)))
          })

          const first = yield* runner.stream(caller, yield* request)
          return first.pipe(
            Stream.mapEffect((series) => Effect.map(Clock.currentTimeMillis, (now) => eventsOf([series], now))),
            Stream.concat(Stream.succeed([ready])),
            Stream.concat(Stream.fromEffectRepeat(next)),
            Stream.flattenIterable
          )
        }
      )
      return { open }
    })
  ).pipe(Layer.provide([ChangeFeed.layer, StreamLimits.layer]))
}
