import { Duration } from "effect"
import { makeStore, type Store } from "../../query/columnar/ColumnStore.ts"
import { type Look, mostChanges, type Seen } from "./changesSince.ts"
import { isLater, type Moment, momentOf, saw } from "./PgSnapshot.ts"
import { longestUnlookedAt } from "./retention.ts"

/** So many rows out of order, or this share of all, take longer to count than to be put in order. */
const mostUnordered = 10_000
const mostUnorderedShare = 1 / 8

/** The rows of an organization as they were at a moment. */
export interface Replica {
  readonly store: Store
  readonly moment: Moment
  /** Takes what a later look saw; false where the replica is of no more use. */
  take(look: Look): boolean
}

export const makeReplica = ({ at, moment, trust }: Seen): Replica => {
  const store = makeStore()
  let current = momentOf(moment)
  let lookedAt = at

  const take = ({ changes, seen }: Look): boolean => {
    if (seen.trust !== trust || changes.length > mostChanges) return false
    // Clocks are also set back.
    if (Math.abs(seen.at - lookedAt) > Duration.toMillis(longestUnlookedAt)) return false
    lookedAt = Math.max(lookedAt, seen.at)
    const then = momentOf(seen.moment)
    if (!isLater(then, current)) return true
    // Looks that were sent together come back in any order, and each may have what another has brought.
    const news = changes.filter(([transaction]) => !saw(current, transaction))
    const isKept = news.every(([, table, weight, image]) => store.append(table, weight, image))
    current = then
    return isKept && store.unordered <= Math.max(mostUnordered, store.size * mostUnorderedShare)
  }

  return {
    store,
    take,
    get moment() {
      return current
    }
  }
}
