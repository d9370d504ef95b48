import { type Cause, Clock, Context, Duration, Effect, Exit, Layer, Predicate } from "effect"
import { Config } from "../../Config.ts"
import type { OrgId } from "../../domain/Ids.ts"
import { Unavailable } from "../../domain/Unavailable.ts"
import { tallied, watched } from "../../telemetry/measure.ts"
import { circuitsOpen, connectionsInUse, connectionsLimit, connectionsWaiting, shed } from "../../telemetry/metrics.ts"
import { makeCircuits, type Running } from "./circuits.ts"
import { makeConnectionQueue } from "./connectionQueue.ts"
import { recentMarks, sheddingNanos } from "./recentMarks.ts"
import { throttledWarning } from "./throttledWarning.ts"

/** This number of connections is kept for `/ready` and for statements that belong to no organization. */
const reserved = 1

/** A wait for a connection counts as overload if it is longer than this share of WIDGET_TIMEOUT. */
const maxWaitShare = 1 / 10

/** A statement is late when it has taken this share of its deadline. */
const lateShare = 9 / 10
const minDeadline = Duration.seconds(5)

/** If this is true, nested statements use the connection of the work around them. */
const HasConnection = Context.Reference<boolean>("crm-reports/services/limits/HasConnection", {
  defaultValue: () => false
})

const silent = new Set(["TimedOut", "Unavailable"])

/** Returns true if the database may not have answered. */
const isSilent = ({ reasons }: Cause.Cause<unknown>) =>
  reasons.every((reason) => {
    if (reason._tag !== "Fail") return reason._tag === "Interrupt"
    return Predicate.hasProperty(reason.error, "_tag") && silent.has(String(reason.error._tag))
  })

type Limited = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E | Unavailable, R>

/** A free connection goes to the waiting organization that has used connections for the least time. */
export class ConnectionLimiter extends Context.Service<ConnectionLimiter, {
  /** Call this for a single statement. */
  withConnection(organizationId: OrgId): Limited
  /** Call this for a transaction or for a load of a replica, which have their own deadlines. */
  withLongConnection(organizationId: OrgId): Limited
  /** Fails while the circuit refuses statements, and shortly after a statement waited too long for a connection. */
  shedLoad(organizationId: OrgId): Effect.Effect<void, Unavailable>
}>()("crm-reports/services/limits/ConnectionLimiter") {
  static readonly layer = Layer.effect(
    ConnectionLimiter,
    Effect.gen(function*() {
      const permits = Math.max(1, (yield* Config.databasePool) - reserved)
      const clock = yield* Clock.Clock
      const widgetTimeout = yield* Config.widgetTimeout
      const maxWaitNanos = Duration.toNanosUnsafe(Duration.times(widgetTimeout, maxWaitShare))
      const queue = makeConnectionQueue({ permits, maxWait: maxWaitNanos, clock })
      const deadline = Duration.max(widgetTimeout, minDeadline)
      const circuits = makeCircuits(Duration.toNanosUnsafe(Duration.times(deadline, lateShare)))
      const overloaded = recentMarks(sheddingNanos)
      const logOpened = throttledWarning("statements of an organization do not end, so it has one connection")
      let [shedCount, refusedCount] = [0, 0]
      yield* watched(connectionsLimit, () => permits)
      yield* watched(connectionsInUse, queue.inUse)
      yield* watched(connectionsWaiting, queue.waiting)
      yield* watched(circuitsOpen, () => circuits.openCount(clock.monotonicTimeNanosUnsafe()))
      yield* tallied(shed({ limit: "connections" }), () => shedCount)
      yield* tallied(shed({ limit: "circuits" }), () => refusedCount)

      const refused = Effect.suspend(() => {
        refusedCount += 1
        return Effect.fail(new Unavailable())
      })

      const limited = (organizationId: OrgId, isLong = false) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
        Effect.suspend(() => {
          const queuedAt = clock.monotonicTimeNanosUnsafe()
          let isBegun = false
          const noteWait = () => {
            const now = clock.monotonicTimeNanosUnsafe()
            if (!isBegun && now - queuedAt > maxWaitNanos) overloaded.mark(organizationId, now)
            isBegun = true
          }
          const timed = Effect.suspend(() => {
            noteWait()
            return Effect.provideService(effect, HasConnection, true)
          })
          return Effect.onInterrupt(queue.withConnection(organizationId, isLong)(timed), () => Effect.sync(noteWait))
        })

      const noteEnd = (organizationId: OrgId, statement: Running, now: bigint, exit: Exit.Exit<unknown, unknown>) =>
        Effect.suspend(() => {
          const wasOpen = circuits.isOpenFor(organizationId)
          const isEnded = Exit.isSuccess(exit) || !isSilent(exit.cause)
          circuits.end(organizationId, statement, now, isEnded ? "ended" : "interrupted")
          const isOpen = circuits.isOpenFor(organizationId)
          if (isOpen && !wasOpen) return logOpened({ organizationId })
          return wasOpen && !isOpen
            ? Effect.annotateLogs(Effect.logInfo("statements of an organization end again"), { organizationId })
            : Effect.void
        })

      /** The circuit is checked again, because it may have opened while the statement waited. */
      const watchedStatement = (organizationId: OrgId) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
        Effect.uninterruptibleMask((restore) =>
          Effect.clockWith((clock): Effect.Effect<A, E | Unavailable, R> => {
            const statement = circuits.start(organizationId, clock.monotonicTimeNanosUnsafe())
            if (statement === undefined) return refused
            return Effect.onExit(
              restore(effect),
              (exit) => noteEnd(organizationId, statement, clock.monotonicTimeNanosUnsafe(), exit)
            )
          })
        )

      const unlessRefused = (organizationId: OrgId) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
        Effect.clockWith((clock): Effect.Effect<A, E | Unavailable, R> =>
          circuits.refuses(organizationId, clock.monotonicTimeNanosUnsafe()) ? refused : effect
        )

      const unlessHeld = (limit: Limited): Limited => (effect) =>
        Effect.withFiber((fiber) => fiber.getRef(HasConnection) ? effect : limit(effect))

      const withConnection = (organizationId: OrgId) =>
        unlessHeld((effect) =>
          effect.pipe(
            watchedStatement(organizationId),
            limited(organizationId),
            unlessRefused(organizationId)
          )
        )

      const withLongConnection = (organizationId: OrgId) =>
        unlessHeld((effect) => effect.pipe(limited(organizationId, true), unlessRefused(organizationId)))

      const shedLoad = (organizationId: OrgId): Effect.Effect<void, Unavailable> =>
        Effect.clockWith((clock) => {
          const now = clock.monotonicTimeNanosUnsafe()
          if (circuits.refuses(organizationId, now)) return refused
          if (!overloaded.has(organizationId, now)) return Effect.void
          shedCount += 1
          return Effect.fail(new Unavailable())
        })
      return { withConnection, withLongConnection, shedLoad }
    })
  )
}
