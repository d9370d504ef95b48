import { Cause, Clock, Data, Duration, Effect, Fiber, Queue } from "effect"
import { SqlClient } from "effect/sql"
import type { OrgId } from "../../domain/Ids.ts"
import { count, traced } from "../../telemetry/measure.ts"
import { replicaLoads } from "../../telemetry/metrics.ts"
import { Admission } from "../admission/Admission.ts"
import { snapshotTransaction } from "../database/statements.ts"
import { allChangesSince, decodeChangePage, maxChanges } from "./changesSince.ts"
import { keyQueries, parseKeys } from "./keyQueries.ts"
import { load, readMessages, readServerState, sorted } from "./load.ts"
import type { Replica } from "./Replica.ts"
import { type makeReplicaPool, rowsPerReplica, type Slot } from "./ReplicaPool.ts"

class Lost extends Data.TaggedError("Lost") {
  override get message() {
    return "changes may have been missed"
  }
}

/** Do not count rows of the replica until `catchUp` has ended. */
export const catchUp = Effect.fnUntraced(function*(organizationId: string, replica: Replica, afterPage: () => void) {
  const sql = yield* SqlClient.SqlClient
  const pages = Effect.gen(function*() {
    const state = yield* readServerState
    if (!replica.trusts(state)) return yield* new Lost()
    const params = [organizationId, replica.snapshot.text]
    yield* sql.unsafe(`DECLARE changes NO SCROLL CURSOR FOR ${allChangesSince}`, params)
    while (true) {
      const page = yield* decodeChangePage(sql.unsafe(`FETCH ${maxChanges} FROM changes`))
      replica.append(page)
      yield* sorted(replica.store, Effect.void)
      afterPage()
      if (page.length < maxChanges) break
    }
    for (const [index, { join, touched }] of keyQueries.entries()) {
      if (!replica.known.joins.includes(join)) continue
      const use = ([keys]: ReadonlyArray<unknown>) => replica.join(join, parseKeys(String(keys)))
      yield* readMessages(params, { cursor: `touched_${index}`, query: touched, use }, Effect.sync(afterPage))
    }
    yield* sorted(replica.store, Effect.void)
    afterPage()
    replica.moveTo(state)
  })
  yield* snapshotTransaction(sql)(pages)
})

export const failurePause = Duration.minutes(10)

const loadPause = Duration.minutes(1)

/** A load of many rows may take long, as long as rows arrive. */
const maxSilence = Duration.minutes(5)

const progressPause = Duration.seconds(30)

class Stalled extends Data.TaggedError("Stalled") {
  override get message() {
    return `no row arrived for ${
      Duration.format(maxSilence)
    }: look for locks on tables of the schema crm, and at the load of PostgreSQL`
  }
}

export const makeReplicaLoader = Effect.fnUntraced(
  function*(pool: ReturnType<typeof makeReplicaPool>, maxRows: number) {
    const admission = yield* Admission
    const clock = yield* Clock.Clock
    const requests = yield* Queue.unbounded<OrgId>()
    /** If creating the triggers has failed, no load begins before this time. */
    let captureNotBefore = 0n

    const arrived = { at: 0n, rows: 0, of: 0 }
    const noteArrival = (rows: number, of: number) =>
      Object.assign(arrived, { at: clock.monotonicTimeNanosUnsafe(), rows, of })

    /** Fails when nothing has arrived for long. Logs how far the load is. */
    const watch = (organizationId: OrgId) =>
      Effect.gen(function*() {
        noteArrival(0, 0)
        for (;;) {
          yield* Effect.sleep(progressPause)
          const silent = clock.monotonicTimeNanosUnsafe() - arrived.at
          if (silent >= Duration.toNanosUnsafe(maxSilence)) return yield* new Stalled()
          const { of, rows } = arrived
          yield* Effect.annotateLogs(Effect.logInfo("a replica is being loaded"), { organizationId, rows, of })
        }
      })

    const loaded = Effect.fnUntraced(function*(slot: Slot, organizationId: OrgId) {
      const startedAt = yield* Clock.monotonicTimeNanos
      if (startedAt < captureNotBefore) return
      const reserve = (size: number, read: number) => {
        noteArrival(read, size)
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
      catchUp(organizationId, replica, () => {
        noteArrival(replica.store.size, replica.store.size)
        pool.trim(slot)
      }).pipe(
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
        Effect.raceFirst(watch(organizationId)),
        Effect.tapErrorTag("Stalled", () =>
          Effect.map(Clock.monotonicTimeNanos, (now) => {
            slot.notBefore = now + Duration.toNanosUnsafe(failurePause)
          })),
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
