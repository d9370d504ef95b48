import { Duration } from "effect"
import type { OrgId } from "../../domain/Ids.ts"
import type { Replica } from "./Replica.ts"
import { idleTimeout } from "./retention.ts"

/** The replica of an organization, or how near it is to one. */
interface Kept {
  /** Runs that found no replica, ever: one that was lost is read again at once. */
  misses: number
  usedAt: number
  isLoading: boolean
  /** Not before: what fails or changes a lot is not read over and over. */
  notBefore: number
  replica: Replica | undefined
}

/** What is known of the organizations that ask. */
interface KeptReplicas {
  of(organizationId: OrgId): Kept
  /** Gives up whoever was asked longest ago, until so many rows fit beside the others. */
  makeRoomFor(size: number): void
  forgetIdle(now: number): void
}

export const makeReplicaPool = (mostRows: number): KeptReplicas => {
  const all = new Map<OrgId, Kept>()
  const rows = () => [...all.values()].reduce((sum, { replica }) => sum + (replica?.store.size ?? 0), 0)

  const of = (organizationId: OrgId): Kept => {
    const known = all.get(organizationId)
    if (known !== undefined) return known
    const kept = { misses: 0, usedAt: 0, isLoading: false, notBefore: 0, replica: undefined }
    all.set(organizationId, kept)
    return kept
  }

  const makeRoomFor = (size: number) => {
    for (const kept of [...all.values()].sort((a, b) => a.usedAt - b.usedAt)) {
      if (rows() + size <= mostRows) return
      kept.replica = undefined
    }
  }

  const forgetIdle = (now: number) => {
    for (const [organizationId, { isLoading, usedAt }] of all) {
      if (!isLoading && Math.abs(now - usedAt) > Duration.toMillis(idleTimeout)) all.delete(organizationId)
    }
  }
  return { of, makeRoomFor, forgetIdle }
}
