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
