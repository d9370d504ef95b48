import { Duration, Effect, Struct } from "effect"
import type { OrgId } from "../../domain/Ids.ts"
import { tallied, watched } from "../../telemetry/measure.ts"
import { replicaDiscards, replicaRows, replicaRowsLimit, replicas } from "../../telemetry/metrics.ts"
import type { Replica } from "./Replica.ts"

const idleTimeout = Duration.minutes(20)

/** An empty replica takes about 100 KB, as much memory as this many rows. */
export const rowsPerReplica = 2_000

/** All times in a slot are monotonic, in nanoseconds. */
export interface Slot {
  /** Counts the runs that found no replica. */
  misses: number
  usedAt: bigint
  isLoading: boolean
  loadingRows: number
  notBefore: bigint
  refreshNotBefore: bigint
  /** `hanging` is the number of late refreshes whose statement has not ended. */
  hanging: number
  replica: Replica | undefined
}

const costOf = (replica: Replica | undefined) => replica === undefined ? 0 : replica.store.size + rowsPerReplica

export const makeReplicaPool = (maxRows: number) => {
  const slots = new Map<OrgId, Slot>()
  const discards = { lost: 0, room: 0, idle: 0 }

  const discard = (slot: Slot, reason: keyof typeof discards) => {
    if (slot.replica !== undefined) discards[reason] += 1
    slot.replica = undefined
  }

  const slot = (organizationId: OrgId): Slot => {
    const existing = slots.get(organizationId)
    if (existing !== undefined) return existing
    const created = {
      misses: 0,
      usedAt: 0n,
      isLoading: false,
      loadingRows: 0,
      notBefore: 0n,
      refreshNotBefore: 0n,
      hanging: 0,
      replica: undefined
    }
    slots.set(organizationId, created)
    return created
  }

  const rows = () =>
    [...slots.values()].reduce((sum, { loadingRows, replica }) => sum + loadingRows + costOf(replica), 0)

  /** `kept` is discarded last, but first if it is too large without other replicas, too. */
  const trim = (kept?: Slot) => {
    if (kept !== undefined && costOf(kept.replica) > maxRows) discard(kept, "room")
    let excess = rows() - maxRows
    if (excess <= 0) return
    const byUse = [...slots.values()].filter(({ replica }) => replica !== undefined).sort((a, b) =>
      Number(a === kept) - Number(b === kept) || Number(a.usedAt - b.usedAt)
    )
    for (const slot of byUse) {
      if (excess <= 0) return
      excess -= costOf(slot.replica)
      discard(slot, "room")
    }
  }

  const dropIdle = (now: bigint) => {
    for (const [organizationId, slot] of slots) {
      if (slot.isLoading || now - slot.usedAt <= Duration.toNanosUnsafe(idleTimeout)) continue
      discard(slot, "idle")
      slots.delete(organizationId)
    }
  }

  const size = () => [...slots.values()].filter(({ replica }) => replica !== undefined).length
  return { slot, trim, dropIdle, discard, rows, size, discards }
}

export const watchPool = (pool: ReturnType<typeof makeReplicaPool>, maxRows: number) =>
  Effect.all([
    watched(replicas, pool.size),
    watched(replicaRows, pool.rows),
    watched(replicaRowsLimit, () => maxRows),
    ...Struct.keys(pool.discards).map((reason) => tallied(replicaDiscards({ reason }), () => pool.discards[reason]))
  ])
