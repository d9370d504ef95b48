import { type Clock, Duration, Effect, Exit } from "effect"
import { identity } from "effect/Function"
import { boundedCache } from "../../domain/boundedCache.ts"
import type { Limit } from "../../domain/Limit.ts"
import type { Unavailable } from "../../domain/Unavailable.ts"
import { noteWait } from "../../telemetry/requestFacts.ts"
import { firstOfNewestRun, makeFairOrder, makeShares, RunBegan } from "./fairness.ts"
import { refusalsOf } from "./limits.ts"

/** An owner begins with this number of works at a time, and gets one more for each work that ends fast. */
const firstWorks = 2

export interface Terms {
  readonly limit: Limit
  readonly places: number
  /** An owner holds fewer places than this when it takes another one. `free` is the number of free places. */
  readonly most: (free: number) => number
  /** Beside another active owner, an owner that uses places for long holds at most this many. */
  readonly share?: number
  /** An owner whose works take longer than this gets fewer works at a time, because they would end too late. */
  readonly slow?: Duration.Duration
  /** When more works wait, the newest work of the owner with the most waiting works is refused. */
  readonly maxWaiting: number
  readonly maxWait?: Duration.Duration
  /** While no other owner is active, works of an owner are refused at once if this many of its works wait. */
  readonly maxWaitingAlone?: number
  /** While the oldest work of a key has waited for longer than this, the first work of its newest run is next. */
  readonly newestFirstAfter?: Duration.Duration
}

/** The places of an owner are limited together. Its keys wait and are charged apart. */
export interface Place {
  readonly owner: string
  readonly key: string
}

export const ownPlace = (owner: string): Place => ({ owner, key: owner })

type Restore = (wait: Effect.Effect<void, Unavailable>) => Effect.Effect<void, Unavailable>

interface Entry extends Place {
  readonly at: bigint
  readonly began: bigint
  readonly start: () => void
  readonly refuse: () => void
}

/**
 * A free place goes to the waiting key that has held places for the least time, and work in progress counts too.
 * Effect's `PartitionedSemaphore` serves waiting partitions by the size of their queue: beside twenty partitions with one
 * waiting work each, a partition with seven waiting works got 1 of 2,100 permits.
 */
export const makeFairQueue = Effect.fnUntraced(function*(terms: Terms, clock: Clock.Clock) {
  const { refuse } = yield* refusalsOf(terms.limit)
  const { maxWait, maxWaiting, maxWaitingAlone = Infinity, most, newestFirstAfter, places, slow } = terms
  const lateNanos = newestFirstAfter && Duration.toNanosUnsafe(newestFirstAfter)
  const slowNanos = slow === undefined ? Infinity : Number(Duration.toNanosUnsafe(slow))
  const order = makeFairOrder<Entry>()
  const shares = makeShares(terms.share ?? Infinity)
  const heldByKey = new Map<string, number>()
  const heldByOwner = new Map<string, number>()
  const waitingOf = new Map<string, Set<Entry>>()
  const worksOf = boundedCache<string, number>()
  let [free, chargedAt, isGranting] = [places, 0n, false]

  const now = () => clock.monotonicTimeNanosUnsafe()
  const heldBy = (owner: string) => heldByOwner.get(owner) ?? 0
  const worksAtOnce = (owner: string) => slow === undefined ? Infinity : Math.floor(worksOf.get(owner) ?? firstWorks)

  const chargeUntil = (at: bigint): void => {
    const passed = Number(at - chargedAt)
    chargedAt = at
    for (const [key, count] of heldByKey) order.charge(key, count * passed)
  }
  const mayStart = ({ key, owner }: Place, at: bigint): boolean => {
    const held = heldBy(owner)
    if (free === 0 || held >= most(free) || held >= worksAtOnce(owner)) return false
    return shares.mayTake(owner, heldByKey.get(key) ?? 0, heldByKey.get(owner) ?? 0, at)
  }
  const add = (held: Map<string, number>, name: string, by: 1 | -1): void => {
    const count = (held.get(name) ?? 0) + by
    if (count === 0) held.delete(name)
    else held.set(name, count)
  }
  const change = ({ key, owner }: Place, by: 1 | -1, at: bigint): void => {
    chargeUntil(at)
    if (key === owner) shares.noteChange(owner, heldByKey.get(owner) ?? 0, at)
    free -= by
    add(heldByKey, key, by)
    add(heldByOwner, owner, by)
  }

  const leave = (entry: Entry): boolean => {
    order.remove(entry.key, entry)
    const entries = waitingOf.get(entry.owner)
    const hasLeft = entries?.delete(entry) === true
    if (entries?.size === 0) waitingOf.delete(entry.owner)
    return hasLeft
  }
  const next = (at: bigint): Entry | undefined => {
    if (free === 0 || order.size() === 0) return undefined
    chargeUntil(at)
    const nextOf = (oldest: Entry, entries: Iterable<Entry>): Entry =>
      lateNanos !== undefined && at - oldest.at > lateNanos ? firstOfNewestRun(oldest, entries) : oldest
    return order.next((entry) => mayStart(entry, at), nextOf)?.[1]
  }
  /** A work can end inside `start`, which then calls `grant`. */
  const grant = (at: bigint): void => {
    if (isGranting) return
    isGranting = true
    for (let entry = next(at); entry !== undefined; entry = next(at)) {
      leave(entry)
      change(entry, 1, at)
      entry.start()
    }
    isGranting = false
  }
  const release = (place: Place): void => {
    const at = now()
    change(place, -1, at)
    grant(at)
  }

  const newestOfLongest = (): Entry | undefined => {
    let longest: Set<Entry> | undefined
    for (const entries of waitingOf.values()) if (entries.size > (longest?.size ?? 0)) longest = entries
    return longest && [...longest].at(-1)
  }
  const isRefused = ({ owner }: Place, at: bigint): boolean => {
    const own = waitingOf.get(owner)?.size ?? 0
    if (own >= maxWaitingAlone && !shares.isOtherActive(owner, at)) return true
    if (order.size() < maxWaiting) return false
    const newest = newestOfLongest()
    if (newest === undefined || newest.owner === owner || (waitingOf.get(newest.owner)?.size ?? 0) <= own) return true
    leave(newest)
    newest.refuse()
    return false
  }
  /** Work can be interrupted, refused or late after `start` was called, and before it continues. */
  const wait = (place: Place, at: bigint, restore: Restore) =>
    Effect.flatMap(RunBegan, (began = at) => {
      let isGranted = false
      const granted = Effect.callback<void, Unavailable>((resume) => {
        const start = () => {
          isGranted = true
          resume(Effect.void)
        }
        const entry: Entry = { ...place, at, began, start, refuse: () => resume(refuse) }
        order.add(entry.key, entry)
        waitingOf.set(entry.owner, (waitingOf.get(entry.owner) ?? new Set()).add(entry))
        grant(now())
        return Effect.sync(() => void leave(entry))
      })
      const inTime = maxWait === undefined
        ? granted
        : Effect.timeoutOrElse(granted, { duration: maxWait, orElse: () => refuse })
      return Effect.onExit(restore(inTime), (exit) =>
        Effect.suspend(() => {
          if (isGranted && !Exit.isSuccess(exit)) release(place)
          return noteWait(terms.limit, Number(now() - at) / 1e6)
        }))
    })
  /** Only the wait is interruptible: a place that was taken at once must not be lost. */
  const enter = (place: Place, restore: Restore) =>
    Effect.suspend(() => {
      const at = now()
      if (order.size() === 0 && mayStart(place, at)) {
        change(place, 1, at)
        return Effect.void
      }
      return isRefused(place, at) ? refuse : wait(place, at, restore)
    })

  const noteEnd = ({ key, owner }: Place, nanos: number, exit: Exit.Exit<unknown, unknown>): void => {
    if (key === owner) shares.noteEnd(owner, nanos)
    if (slow === undefined) return
    const works = worksOf.get(owner) ?? firstWorks
    if (nanos > slowNanos) worksOf.set(owner, Math.max(1, works * slowNanos / nanos))
    else if (Exit.isSuccess(exit) && nanos < slowNanos / 2) worksOf.set(owner, Math.min(works + 1, most(free)))
  }
  const withPlace = (place: Place) => <A, E, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A, E | Unavailable, R> =>
    Effect.uninterruptibleMask((restore) =>
      Effect.flatMap(enter(place, restore), () => {
        const since = now()
        return Effect.onExit(restore(work), (exit) =>
          Effect.sync(() => {
            noteEnd(place, Number(now() - since), exit)
            release(place)
          }))
      })
    )
  /** Holds a place until the scope closes. */
  const take = (place: Place) => Effect.acquireRelease(enter(place, identity), () => Effect.sync(() => release(place)))
  return { withPlace, take, free: () => free, inUse: () => places - free, waiting: order.size }
})

export type FairQueue = Effect.Success<ReturnType<typeof makeFairQueue>>
