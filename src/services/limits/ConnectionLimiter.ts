import { Context, Duration, Effect, Layer, PartitionedSemaphore, RcMap, Scope, Semaphore } from "effect"
import { identity } from "effect/Function"
import { Config } from "../../Config.ts"
import type { OrgId } from "../../domain/Ids.ts"
import { Unavailable } from "../../domain/Unavailable.ts"
import { tallied, watched } from "../../telemetry/measure.ts"
import { connectionsInUse, connectionsLimit, connectionsWaiting, shed } from "../../telemetry/metrics.ts"

const reserved = 1

/** With more permits than this, an organization may use all but one. */
const minPerOrganization = 3

/** A wait longer than this share of WIDGET_TIMEOUT counts as overload. */
const maxWaitShare = 1 / 10
export const sheddingNanos = 250_000_000n

/** Remembers keys for `nanos` after each `mark`. */
export const recentMarks = (nanos: bigint) => {
  const markedAt = new Map<string, bigint>()
  const dropOld = (now: bigint) => {
    for (const [key, at] of markedAt) {
      if (now - at < nanos) return
      markedAt.delete(key)
    }
  }
  return {
    mark: (key: string, now: bigint) => {
      dropOld(now)
      markedAt.delete(key)
      markedAt.set(key, now)
    },
    has: (key: string, now: bigint): boolean => {
      dropOld(now)
      return markedAt.has(key)
    },
    size: () => markedAt.size
  }
}

const perOrganization = Effect.fnUntraced(function*(permits: number) {
  const semaphores = yield* RcMap.make({ lookup: (_organizationId: string) => Semaphore.make(permits) })
  return (organizationId: string) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.acquireUseRelease(
      Scope.make(),
      (scope) =>
        Effect.flatMap(
          Scope.provide(RcMap.get(semaphores, organizationId), scope),
          (semaphore) => semaphore.withPermit(effect)
        ),
      (scope, exit) => Scope.close(scope, exit)
    )
})

/** Waiting organizations take turns. */
export class ConnectionLimiter extends Context.Service<ConnectionLimiter, {
  withConnection(organizationId: OrgId): <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  /** Fails for 250 ms after a query of this organization waited too long for a connection. */
  shedLoad(organizationId: OrgId): Effect.Effect<void, Unavailable>
}>()("crm-reports/services/limits/ConnectionLimiter") {
  static readonly layer = Layer.effect(
    ConnectionLimiter,
    Effect.gen(function*() {
      const permits = Math.max(1, (yield* Config.databasePool) - reserved)
      const queue = yield* PartitionedSemaphore.make<string>({ permits })
      const maxPerOrganization = Math.max(minPerOrganization, permits - 1)
      const withOwnPermit = maxPerOrganization < permits
        ? yield* perOrganization(maxPerOrganization)
        : () => identity
      const maxWaitNanos = Duration.toNanosUnsafe(Duration.times(yield* Config.widgetTimeout, maxWaitShare))
      const overloaded = recentMarks(sheddingNanos)
      let waiting = 0
      let refused = 0
      yield* watched(connectionsLimit, () => permits)
      yield* watched(connectionsInUse, () => permits - Effect.runSync(queue.available))
      yield* watched(connectionsWaiting, () => waiting)
      yield* tallied(shed({ limit: "connections" }), () => refused)

      const withConnection = (organizationId: OrgId) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
        Effect.clockWith((clock) => {
          const queuedAt = clock.monotonicTimeNanosUnsafe()
          let isWaiting = true
          waiting += 1
          const stopWaiting = () => {
            if (isWaiting) waiting -= 1
            isWaiting = false
          }
          const timed = Effect.suspend(() => {
            stopWaiting()
            const now = clock.monotonicTimeNanosUnsafe()
            if (now - queuedAt > maxWaitNanos) overloaded.mark(organizationId, now)
            return effect
          })
          return timed.pipe(
            queue.withPermit(organizationId),
            withOwnPermit(organizationId),
            Effect.onInterrupt(() => Effect.sync(stopWaiting))
          )
        })

      const shedLoad = (organizationId: OrgId): Effect.Effect<void, Unavailable> =>
        Effect.clockWith((clock) => {
          if (!overloaded.has(organizationId, clock.monotonicTimeNanosUnsafe())) return Effect.void
          refused += 1
          return Effect.fail(new Unavailable())
        })
      return { withConnection, shedLoad }
    })
  )
}
