import { Duration } from "effect"
import { type ColumnStore, makeColumnStore } from "../../query/columnar/ColumnStore.ts"
import { type ChangeSet, mostChanges, type ServerState } from "./changesSince.ts"
import { isNewer, isVisible, parsePgSnapshot, type PgSnapshot } from "./PgSnapshot.ts"
import { maxRefreshGap } from "./retention.ts"

/** So many rows out of order, or this share of all, take longer to count than to be put in order. */
const mostUnordered = 10_000
const mostUnorderedShare = 1 / 8

/** The rows of an organization as they were at a moment. */
export interface Replica {
  readonly store: ColumnStore
  readonly moment: PgSnapshot
  /** Takes what a later look saw; false where the replica is of no more use. */
  take(look: ChangeSet): boolean
}

export const makeReplica = ({ at, moment, captureEpoch }: ServerState): Replica => {
  const store = makeColumnStore()
  let current = parsePgSnapshot(moment)
  let lookedAt = at

  const take = ({ changes, seen }: ChangeSet): boolean => {
    if (seen.captureEpoch !== captureEpoch || changes.length > mostChanges) return false
    // Clocks are also set back.
    if (Math.abs(seen.at - lookedAt) > Duration.toMillis(maxRefreshGap)) return false
    lookedAt = Math.max(lookedAt, seen.at)
    const then = parsePgSnapshot(seen.moment)
    if (!isNewer(then, current)) return true
    // Looks that were sent together come back in any order, and each may have what another has brought.
    const news = changes.filter(([transaction]) => !isVisible(current, transaction))
    const isKept = news.every(([, table, weight, image]) => store.append(table, weight, image))
    current = then
    return isKept && store.unsorted <= Math.max(mostUnordered, store.size * mostUnorderedShare)
  }

  return {
    store,
    take,
    get moment() {
      return current
    }
  }
}
