import { type Cause, type Clock, Duration, Effect, Exit, Predicate } from "effect"
import { Config } from "../../Config.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { Unavailable } from "../../domain/Unavailable.ts"
import { watched } from "../../telemetry/measure.ts"
import { circuitsOpen, connectionsInUse, connectionsLimit, connectionsWaiting } from "../../telemetry/metrics.ts"
import { throttledWarning } from "../../telemetry/throttledWarning.ts"
import { makeCircuits, type Running } from "./circuits.ts"
import { type FairQueue, ownPlace } from "./FairQueue.ts"
import { refusalsOf } from "./refusals.ts"

/** A statement is late when it has taken this share of its deadline. */
const lateShare = 9 / 10
const minDeadline = Duration.seconds(5)

const silent = new Set(["TimedOut", "Unavailable"])

/** Returns true if the database may not have answered. */
const isSilent = ({ reasons }: Cause.Cause<unknown>) =>
  reasons.every((reason) => {
    if (reason._tag !== "Fail") return reason._tag === "Interrupt"
    return Predicate.hasProperty(reason.error, "_tag") && silent.has(String(reason.error._tag))
  })

/** The connections of an organization. While its circuit is open, one statement of the organization is sent at a time. */
export const makeConnections = Effect.fnUntraced(function*(queue: FairQueue, clock: Clock.Clock) {
  const deadline = Duration.max(yield* Config.widgetTimeout, minDeadline)
  const circuits = makeCircuits(Duration.toNanosUnsafe(Duration.times(deadline, lateShare)))
  const { refuse } = yield* refusalsOf("circuit")
  const logOpened = throttledWarning("statements of an organization do not end, so it has one connection")
  const now = () => clock.monotonicTimeNanosUnsafe()
  yield* watched(connectionsLimit, () => queue.inUse() + queue.free())
  yield* watched(connectionsInUse, queue.inUse)
  yield* watched(connectionsWaiting, queue.waiting)
  yield* watched(circuitsOpen, () => circuits.openCount(now()))

  const noteEnd = (organizationId: OrgId, statement: Running, exit: Exit.Exit<unknown, unknown>) =>
    Effect.suspend(() => {
      const wasOpen = circuits.isOpenFor(organizationId)
      const isEnded = Exit.isSuccess(exit) || !isSilent(exit.cause)
      circuits.end(organizationId, statement, now(), isEnded ? "ended" : "interrupted")
      const isOpen = circuits.isOpenFor(organizationId)
      if (isOpen && !wasOpen) return logOpened({ organizationId })
      return wasOpen && !isOpen
        ? Effect.annotateLogs(Effect.logInfo("statements of an organization end again"), { organizationId })
        : Effect.void
    })

  /** The circuit is checked again, because it may have opened while the statement waited. */
  const watchedStatement = (organizationId: OrgId) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.uninterruptibleMask((restore): Effect.Effect<A, E | Unavailable, R> => {
      const statement = circuits.start(organizationId, now())
      if (statement === undefined) return refuse
      return Effect.onExit(restore(effect), (exit) => noteEnd(organizationId, statement, exit))
    })

  const unlessRefused = (organizationId: string) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.suspend((): Effect.Effect<A, E | Unavailable, R> =>
      circuits.refuses(organizationId, now()) ? refuse : effect
    )
  return {
    unlessRefused,
    withConnection: (organizationId: OrgId) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      effect.pipe(
        watchedStatement(organizationId),
        queue.withPlace(ownPlace(organizationId)),
        unlessRefused(organizationId)
      ),
    withLongConnection: (organizationId: OrgId) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      effect.pipe(
        queue.withPlace({ owner: organizationId, key: `long ${organizationId}` }),
        unlessRefused(organizationId)
      )
  }
})
