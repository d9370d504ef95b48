import { Duration } from "effect"
import type { OrgId } from "../../domain/Ids.ts"
import type { Replica } from "./Replica.ts"
import { idleTimeout } from "./retention.ts"

/** An empty replica needs as much memory as this number of rows, about 100 KB. */
export const rowsPerReplica = 2_000

/** Times are monotonic, in nanoseconds. */
export interface Slot {
  /** Counts runs without a replica. A loss of the replica does not reset it, so the next load comes soon. */
  misses: number
  usedAt: bigint
  isLoading: boolean
  loadingRows: number
  notBefore: bigint
  refreshNotBefore: bigint
  /** Late refreshes whose statement has not ended. */
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

  const trim = (kept?: Slot) => {
    if (rows() <= maxRows) return
    const byUse = [...slots.values()].sort((a, b) =>
      Number(a === kept) - Number(b === kept) || Number(a.usedAt - b.usedAt)
    )
    for (const slot of byUse) {
      if (rows() <= maxRows) return
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
