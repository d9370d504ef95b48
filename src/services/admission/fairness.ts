import { Context } from "effect"
import { constTrue, identity } from "effect/Function"
import { boundedCache } from "../../domain/boundedCache.ts"

/** The monotonic time in nanoseconds at which the run around a work began. Other work begins when it waits. */
export const RunBegan = Context.Reference<bigint | undefined>("crm-reports/services/admission/RunBegan", {
  defaultValue: () => undefined
})

interface Begun {
  readonly began: bigint
}

export const firstOfNewestRun = <A extends Begun>(oldest: A, entries: Iterable<A>): A => {
  let found = oldest
  for (const entry of entries) if (entry.began > found.began) found = entry
  return found
}

/** Start-time fair queueing: the next entry belongs to the waiting key that has spent the least time. */
export const makeFairOrder = <A>() => {
  const waiting = new Map<string, Set<A>>()
  const spentBy = boundedCache<string, number>()
  let served = 0
  let size = 0

  /** A key that did not wait gets no credit for it. A new key is before all others. */
  const spentOf = (key: string): number => {
    const spent = spentBy.get(key)
    return spent === undefined ? served - 1 : Math.max(served, spent)
  }

  const remove = (key: string, entry: A): void => {
    const entries = waiting.get(key)
    if (entries === undefined || !entries.delete(entry)) return
    size -= 1
    if (entries.size === 0) waiting.delete(key)
  }

  const add = (key: string, entry: A): void => {
    const entries = waiting.get(key) ?? new Set()
    waiting.set(key, entries.add(entry))
    size += 1
  }

  /** `isAdmitted` gets the oldest entry of a key, and `nextOf` chooses among the entries of the key. */
  const next = (
    isAdmitted: (entry: A) => boolean = constTrue,
    nextOf: (oldest: A, entries: Iterable<A>) => A = identity
  ): readonly [key: string, entry: A] | undefined => {
    let found: { readonly key: string; readonly entries: Set<A>; readonly oldest: A } | undefined
    let [least, spentByFound] = [Infinity, Infinity]
    for (const [key, entries] of waiting) {
      const spent = spentOf(key)
      least = Math.min(least, spent)
      const [oldest] = entries
      if (spent >= spentByFound || oldest === undefined || !isAdmitted(oldest)) continue
      found = { key, entries, oldest }
      spentByFound = spent
    }
    if (found === undefined) return undefined
    served = Math.max(served, least)
    const { entries, key, oldest } = found
    const entry = nextOf(oldest, entries)
    remove(key, entry)
    return [key, entry]
  }

  return {
    add,
    remove,
    next,
    charge: (key: string, time: number): void => void spentBy.set(key, spentOf(key) + time),
    size: () => size
  }
}

/** An owner is active for this long after it took or gave back a place. */
const activeNanos = 10_000_000_000n

/** Place time in nanoseconds that an owner may use beyond its share. */
const burstNanos = 1_000_000_000

/** The latest work has this weight in the average time of a work. */
const weight = 1 / 8

interface Use {
  /** Place time beyond the share. While the share is not used, this becomes less. */
  surplus: number
  at: bigint
  average: number
}

/** Remembers the last two active owners, which is enough to know whether another one is active. */
const makeActivity = () => {
  let latest: readonly [owner: string, at: bigint] | undefined
  let previous: readonly [owner: string, at: bigint] | undefined
  return {
    note: (owner: string, now: bigint): void => {
      if (latest?.[0] !== owner) previous = latest
      latest = [owner, now]
    },
    isOtherActive: (owner: string, now: bigint): boolean => {
      const other = latest?.[0] === owner ? previous : latest
      return other !== undefined && now - other[1] < activeNanos
    }
  }
}

/**
 * Beside another active owner, an owner that has used places for long holds at most `share` places. An owner that is
 * held back does not count as active. The duration of a work is never compared with a fixed time.
 */
export const makeShares = (share: number) => {
  const uses = boundedCache<string, Use>()
  const activity = makeActivity()

  const advance = (owner: string, held: number, now: bigint): Use => {
    const use = uses.get(owner) ?? uses.set(owner, { surplus: 0, at: now, average: 0 })
    use.surplus = Math.min(Math.max(use.surplus + (held - share) * Number(now - use.at), 0), 2 * burstNanos)
    use.at = now
    return use
  }
  /** Work in progress is expected to take as long as earlier work. */
  const isLong = (owner: string, held: number, now: bigint): boolean => {
    if (share === Infinity) return false
    const { average, surplus } = advance(owner, held, now)
    return surplus + held * average > burstNanos
  }
  return {
    isOtherActive: activity.isOtherActive,
    /** Call this before each change of the number of places that the owner holds. */
    noteChange: (owner: string, held: number, now: bigint): void => {
      if (!isLong(owner, held, now)) activity.note(owner, now)
    },
    noteEnd: (owner: string, nanos: number): void => {
      const use = uses.get(owner)
      if (use !== undefined) use.average += (Math.min(nanos, burstNanos) - use.average) * weight
    },
    /** `own` is what `share` bounds, and `held` is what has been used for long. */
    mayTake: (owner: string, own: number, held: number, now: bigint): boolean =>
      own < share || !isLong(owner, held, now) || !activity.isOtherActive(owner, now)
  }
}
