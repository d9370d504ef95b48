import { Duration } from "effect"
import { type ColumnStore, makeColumnStore } from "../../query/columnar/ColumnStore.ts"
import { type ChangeSet, maxChanges, type ServerState } from "./changesSince.ts"
import { maxRefreshGap } from "./retention.ts"

/** A statement sees the transactions below `end` that are not in progress. */
export interface PgSnapshot {
  readonly text: string
  readonly end: bigint
  readonly inProgress: ReadonlySet<string>
}

export const parsePgSnapshot = (text: string): PgSnapshot => {
  const [, end = "0", inProgress = ""] = text.split(":")
  return { text, end: BigInt(end), inProgress: new Set(inProgress === "" ? [] : inProgress.split(",")) }
}

export const isVisible = ({ end, inProgress }: PgSnapshot, transaction: string): boolean =>
  BigInt(transaction) < end && !inProgress.has(transaction)

/** True if `a` sees everything that `b` sees, and more. */
export const isNewer = (a: PgSnapshot, b: PgSnapshot): boolean =>
  a.end === b.end ? a.inProgress.size < b.inProgress.size : a.end > b.end

/** With more changes, loading again needs less memory. */
const maxChanged = 10_000
const maxChangedShare = 1 / 3

export interface Replica {
  readonly store: ColumnStore
  readonly snapshot: PgSnapshot
  /** Returns false if the replica must be discarded. */
  apply(changes: ChangeSet): boolean
}

export const makeReplica = ({ at, captureEpoch, snapshot }: ServerState): Replica => {
  const store = makeColumnStore()
  let current = parsePgSnapshot(snapshot)
  let refreshedAt = at

  const apply = ({ changes, state }: ChangeSet): boolean => {
    if (state.captureEpoch !== captureEpoch || changes.length > maxChanges) return false
    // The clock of the server can also be set back.
    if (Math.abs(state.at - refreshedAt) > Duration.toMillis(maxRefreshGap)) return false
    refreshedAt = Math.max(refreshedAt, state.at)
    const next = parsePgSnapshot(state.snapshot)
    if (!isNewer(next, current)) return true
    // Concurrent refreshes arrive in any order, and their changes overlap.
    const unseen = changes.filter(([transaction]) => !isVisible(current, transaction))
    for (const [, table, weight, image] of unseen) store.append(table, weight, image)
    store.sortChanges()
    current = next
    return store.changed <= Math.max(maxChanged, store.size * maxChangedShare)
  }

  return {
    store,
    apply,
    get snapshot() {
      return current
    }
  }
}
