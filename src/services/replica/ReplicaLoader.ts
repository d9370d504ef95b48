import { Cause, Clock, Duration, Effect, Fiber, Queue } from "effect"
import type { OrgId } from "../../domain/Ids.ts"
import { count, traced } from "../../telemetry/measure.ts"
import { replicaLoads } from "../../telemetry/metrics.ts"
import { Admission } from "../admission/Admission.ts"
import { catchUp } from "./catchUp.ts"
import { load } from "./load.ts"
import type { Replica } from "./Replica.ts"
import { type makeReplicaPool, rowsPerReplica, type Slot } from "./ReplicaPool.ts"

export const failurePause = Duration.minutes(10)

const loadPause = Duration.minutes(1)

const maxLoadTime = Duration.minutes(5)

export const makeReplicaLoader = Effect.fnUntraced(
  function*(pool: ReturnType<typeof makeReplicaPool>, maxRows: number) {
    const admission = yield* Admission
    const requests = yield* Queue.unbounded<OrgId>()
    /** If creating the triggers has failed, no load begins before this time. */
    let captureNotBefore = 0n

    const loaded = Effect.fnUntraced(function*(slot: Slot, organizationId: OrgId) {
      const startedAt = yield* Clock.monotonicTimeNanos
      if (startedAt < captureNotBefore) return
      const reserve = (size: number) => {
        slot.loadingRows = size + rowsPerReplica
        pool.trim()
      }
      const replica = yield* load(organizationId, { maxRows: maxRows - rowsPerReplica, reserve }).pipe(
        Effect.tapErrorTag("LogIncomplete", () =>
          Effect.map(Clock.monotonicTimeNanos, (now) => {
            slot.notBefore = now + Duration.toNanosUnsafe(loadPause)
          })),
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
      yield* count(() => replicaLoads({ outcome: "loaded" }))
      yield* Effect.annotateLogs(Effect.logInfo("replica loaded"), {
        organizationId,
        rows: replica.store.size,
        millis: Math.round(Number(endedAt - startedAt) / 1e6)
      })
    })

    const caughtUp = (slot: Slot, organizationId: OrgId, replica: Replica) =>
      catchUp(organizationId, replica, () => pool.trim(slot)).pipe(
        Effect.tap(count(() => replicaLoads({ outcome: "caught up" }))),
        Effect.onExit((exit) => Effect.sync(() => exit._tag === "Failure" && pool.discard(slot, "lost")))
      )

    const workOn = Effect.fnUntraced(function*(slot: Slot, organizationId: OrgId) {
      const { replica } = slot
      if (replica === undefined) yield* loaded(slot, organizationId)
      else yield* caughtUp(slot, organizationId, replica)
    })

    /** After a timeout, the connection is released only when the interrupted statement has ended. */
    const loadSafely = (organizationId: OrgId) => {
      const slot = pool.slot(organizationId)
      return workOn(slot, organizationId).pipe(
        traced("replica load"),
        Effect.timeout(maxLoadTime),
        admission.withLongConnection(organizationId),
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
      const organizationId = yield* Queue.take(requests)
      yield* Fiber.await(yield* Effect.forkChild(loadSafely(organizationId)))
    })
    yield* Effect.forkScoped(Effect.forever(loadNext))

    /** `isLoading` is true only while the organization is in the queue or is being loaded. */
    const request = (organizationId: OrgId) =>
      Effect.sync(() => {
        const slot = pool.slot(organizationId)
        if (slot.isLoading) return
        slot.isLoading = true
        Queue.offerUnsafe(requests, organizationId)
      })
    return { request, canCapture: (now: bigint) => now >= captureNotBefore }
  }
)
