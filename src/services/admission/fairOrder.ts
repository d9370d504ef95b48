import { constFalse, constTrue } from "effect/Function"
import { boundedCache } from "../../domain/boundedCache.ts"

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

  /** `isAdmitted` and `isLate` get the oldest entry of a key. If it is late, the newest entry of the key is next. */
  const next = (
    isAdmitted: (entry: A) => boolean = constTrue,
    isLate: (entry: A) => boolean = constFalse
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
    const entry = isLate(oldest) ? [...entries].at(-1) ?? oldest : oldest
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
