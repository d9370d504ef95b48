import { Cause, Clock, Context, Duration, Effect, Fiber, Layer, Queue, Schedule } from "effect"
import { Config } from "../../Config.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { ColumnStore } from "../../query/columnar/ColumnStore.ts"
import type { Send } from "../database/statements.ts"
import { ConnectionLimiter } from "../limits/ConnectionLimiter.ts"
import { fetchChanges } from "./changesSince.ts"
import { load } from "./load.ts"
import type { Replica } from "./Replica.ts"
import { idleTimeout } from "./retention.ts"

/** An organization gets a replica after this number of runs. */
const minRuns = 10

const failurePause = Duration.minutes(10)

const loadPause = Duration.minutes(1)

const maxLoadTime = Duration.minutes(5)

const nanosOf = (duration: Duration.Duration) => Duration.toNanosUnsafe(duration)

/** Times are monotonic, in nanoseconds. */
interface Slot {
  /** The count is never reset, so a lost replica is loaded again at the next run. */
  misses: number
  usedAt: bigint
  isLoading: boolean
  loadingRows: number
  notBefore: bigint
  replica: Replica | undefined
}

export const makeReplicaPool = (maxRows: number) => {
  const slots = new Map<OrgId, Slot>()

  const slot = (organizationId: OrgId): Slot => {
    const existing = slots.get(organizationId)
    if (existing !== undefined) return existing
    const created = { misses: 0, usedAt: 0n, isLoading: false, loadingRows: 0, notBefore: 0n, replica: undefined }
    slots.set(organizationId, created)
    return created
  }

  const rows = () =>
    [...slots.values()].reduce((sum, { loadingRows, replica }) => sum + loadingRows + (replica?.store.size ?? 0), 0)

  const trim = (kept?: Slot) => {
    if (rows() <= maxRows) return
    const byUse = [...slots.values()].sort((a, b) =>
      Number(a === kept) - Number(b === kept) || Number(a.usedAt - b.usedAt)
    )
    for (const slot of byUse) {
      if (rows() <= maxRows) return
      slot.replica = undefined
    }
  }

  const dropIdle = (now: bigint) => {
    for (const [organizationId, { isLoading, usedAt }] of slots) {
      if (!isLoading && now - usedAt > nanosOf(idleTimeout)) slots.delete(organizationId)
    }
  }
  return { slot, trim, dropIdle }
}

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
      const loads = yield* Queue.unbounded<OrgId>()

      const loadInto = Effect.fnUntraced(function*(slot: Slot, organizationId: OrgId) {
        const startedAt = yield* Clock.monotonicTimeNanos
        const reserve = (size: number) => {
          slot.loadingRows = size
          pool.trim()
        }
        const replica = yield* load(organizationId, { maxRows, reserve })
        const endedAt = yield* Clock.monotonicTimeNanos
        slot.loadingRows = 0
        slot.replica = replica
        slot.notBefore = endedAt + nanosOf(loadPause)
        pool.trim(slot)
        yield* Effect.annotateLogs(Effect.logInfo("replica loaded"), {
          organizationId,
          rows: replica.store.size,
          millis: Math.round(Number(endedAt - startedAt) / 1e6)
        })
      })

      /** The interrupted load still holds a connection, so `timeout` waits for it. */
      const loadSafely = (organizationId: OrgId) => {
        const slot = pool.slot(organizationId)
        return loadInto(slot, organizationId).pipe(
          Effect.timeout(maxLoadTime),
          limiter.withConnection(organizationId),
          Effect.catchCause((cause) =>
            Cause.hasInterruptsOnly(cause)
              ? Effect.failCause(cause)
              : Effect.annotateLogs(Effect.logWarning("replica load failed, using SQL", cause), { organizationId })
          ),
          Effect.ensuring(Effect.sync(() => Object.assign(slot, { isLoading: false, loadingRows: 0 })))
        )
      }

      /** Replicas are loaded one after the other, independently of the requests that caused it. */
      const loadNext = Effect.gen(function*() {
        const organizationId = yield* Queue.take(loads)
        yield* Fiber.await(yield* Effect.forkChild(loadSafely(organizationId)))
      })
      yield* Effect.forkScoped(Effect.forever(loadNext))

      const isRefreshed = (organizationId: OrgId, replica: Replica, send: Send) =>
        fetchChanges(send, organizationId, replica.snapshot.text).pipe(
          Effect.map(replica.apply),
          Effect.catchCause((cause) =>
            Cause.hasInterrupts(cause)
              ? Effect.interrupt
              : Effect.as(Effect.logWarning("replica refresh failed", cause), false)
          )
        )

      const refresh = Effect.fnUntraced(function*(organizationId: OrgId, send: Send) {
        const slot = pool.slot(organizationId)
        const { replica } = slot
        const now = yield* Clock.monotonicTimeNanos
        slot.usedAt = now
        if (replica !== undefined) {
          const { size } = replica.store
          if (yield* isRefreshed(organizationId, replica, send)) {
            if (replica.store.size > size) pool.trim(slot)
            return replica
          }
          if (slot.replica === replica) slot.replica = undefined
        }
        slot.misses += 1
        if (slot.isLoading || slot.misses < minRuns || now < slot.notBefore) return undefined
        slot.notBefore = now + nanosOf(failurePause)
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
