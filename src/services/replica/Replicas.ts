import { Cause, Clock, Context, Duration, Effect, Fiber, Layer, Queue, Schedule } from "effect"
import { Config } from "../../Config.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { ColumnStore } from "../../query/columnar/ColumnStore.ts"
import { count } from "../../telemetry/measure.ts"
import { replicaLoads, replicaRefreshes } from "../../telemetry/metrics.ts"
import { traced } from "../../telemetry/traced.ts"
import type { Send } from "../database/statements.ts"
import { ConnectionLimiter } from "../limits/ConnectionLimiter.ts"
import { withDeadline } from "../limits/withDeadline.ts"
import { fetchChanges } from "./changesSince.ts"
import { load } from "./load.ts"
import type { Replica } from "./Replica.ts"
import { makeReplicaPool, rowsPerReplica, type Slot } from "./ReplicaPool.ts"
import { watchPool } from "./watchPool.ts"

const minRuns = 10

const failurePause = Duration.minutes(10)

/** After a late refresh, no replica is refreshed for this time. */
const latePause = Duration.seconds(1)

const refreshShare = 1 / 100

const loadPause = Duration.minutes(1)

const maxLoadTime = Duration.minutes(5)

export class Replicas extends Context.Service<Replicas, {
  /** The replica is refreshed once per run. Without a usable replica, the result is undefined. */
  open(organizationId: OrgId, send: Send): Effect.Effect<Effect.Effect<ColumnStore | undefined>>
}>()("crm-reports/services/replica/Replicas") {
  static readonly layer = Layer.effect(
    Replicas,
    Effect.gen(function*() {
      const limiter = yield* ConnectionLimiter
      const maxRows = yield* Config.replicaRows
      const pool = makeReplicaPool(maxRows)
      yield* watchPool(pool, maxRows)
      const maxRefresh = Duration.times(yield* Config.widgetTimeout, refreshShare)
      const loads = yield* Queue.unbounded<OrgId>()
      /** Applies to all organizations, because creating the triggers locks tables that all use. */
      let captureNotBefore = 0n
      let refreshNotBefore = 0n

      const loadInto = Effect.fnUntraced(function*(slot: Slot, organizationId: OrgId) {
        const startedAt = yield* Clock.monotonicTimeNanos
        const reserve = (size: number) => {
          slot.loadingRows = size + rowsPerReplica
          pool.trim()
        }
        const replica = yield* load(organizationId, { maxRows: maxRows - rowsPerReplica, reserve }).pipe(
          Effect.tapErrorTag("CaptureFailed", () =>
            Effect.map(Clock.monotonicTimeNanos, (now) => {
              captureNotBefore = now + Duration.toNanosUnsafe(failurePause)
            }))
        )
        const endedAt = yield* Clock.monotonicTimeNanos
        slot.loadingRows = 0
        slot.replica = replica
        slot.notBefore = endedAt + Duration.toNanosUnsafe(loadPause)
        pool.trim(slot)
        yield* Effect.annotateLogs(Effect.logInfo("replica loaded"), {
          organizationId,
          rows: replica.store.size,
          millis: Math.round(Number(endedAt - startedAt) / 1e6)
        })
      })

      /** After a timeout, the interrupted statement ends before its connection is released. */
      const loadSafely = (organizationId: OrgId) => {
        const slot = pool.slot(organizationId)
        return loadInto(slot, organizationId).pipe(
          traced("replica load"),
          Effect.timeout(maxLoadTime),
          limiter.withConnection(organizationId),
          Effect.tap(count(() => replicaLoads({ outcome: "loaded" }))),
          Effect.catchCause((cause) =>
            Cause.hasInterruptsOnly(cause)
              ? Effect.failCause(cause)
              : Effect.andThen(
                Effect.annotateLogs(Effect.logWarning("replica load failed, using SQL", cause), { organizationId }),
                count(() => replicaLoads({ outcome: "failed" }))
              )
          ),
          Effect.ensuring(Effect.sync(() => Object.assign(slot, { isLoading: false, loadingRows: 0 })))
        )
      }

      const loadNext = Effect.gen(function*() {
        const organizationId = yield* Queue.take(loads)
        if ((yield* Clock.monotonicTimeNanos) < captureNotBefore) pool.slot(organizationId).isLoading = false
        else yield* Fiber.await(yield* Effect.forkChild(loadSafely(organizationId)))
      })
      yield* Effect.forkScoped(Effect.forever(loadNext))

      /** After `late`, the replica stays in memory and the run uses SQL. */
      const refreshOutcome = (organizationId: OrgId, replica: Replica, send: Send) =>
        fetchChanges(send, organizationId, replica.snapshot.text).pipe(
          withDeadline(maxRefresh),
          Effect.map((changes) => replica.apply(changes) ? "current" : "lost"),
          Effect.catchTag("TimedOut", () =>
            Effect.map(Clock.monotonicTimeNanos, (now) => {
              refreshNotBefore = now + Duration.toNanosUnsafe(latePause)
              return "late"
            })),
          Effect.catchCause((cause) =>
            Cause.hasInterrupts(cause)
              ? Effect.interrupt
              : Effect.as(Effect.logWarning("replica refresh failed", cause), "lost")
          )
        )

      const refresh = Effect.fnUntraced(function*(organizationId: OrgId, send: Send) {
        const slot = pool.slot(organizationId)
        const { replica } = slot
        const now = yield* Clock.monotonicTimeNanos
        slot.usedAt = now
        if (replica !== undefined) {
          if (now < refreshNotBefore) return undefined
          const { size } = replica.store
          const outcome = yield* traced("replica refresh")(refreshOutcome(organizationId, replica, send))
          yield* count(() => replicaRefreshes({ outcome }))
          if (outcome === "late") return undefined
          if (outcome === "current") {
            if (replica.store.size > size) pool.trim(slot)
            return replica
          }
          if (slot.replica === replica) pool.discard(slot, "lost")
        }
        slot.misses += 1
        if (slot.isLoading || slot.misses < minRuns) return undefined
        if (now < slot.notBefore || now < captureNotBefore) return undefined
        slot.notBefore = now + Duration.toNanosUnsafe(failurePause)
        slot.isLoading = true
        yield* Queue.offer(loads, organizationId)
        return undefined
      })

      const open = (organizationId: OrgId, send: Send) =>
        Effect.map(Effect.cached(refresh(organizationId, send)), (refreshed) =>
          Effect.map(refreshed, (replica) => {
            // The replica may have been discarded meanwhile.
            const isCurrent = replica !== undefined && pool.slot(organizationId).replica === replica
            return isCurrent ? replica.store : undefined
          }))

      yield* Effect.map(Clock.monotonicTimeNanos, pool.dropIdle).pipe(
        Effect.schedule(Schedule.spaced("1 minute")),
        Effect.forkScoped
      )
      return { open }
    })
  )
}
