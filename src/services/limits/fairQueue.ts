import { constFalse, constTrue } from "effect/Function"
import { boundedCache } from "../../domain/boundedCache.ts"

const maxRemembered = 10_000

/** Start-time fair queueing: the next entry belongs to the waiting key that has spent the least time. */
export const makeFairQueue = <A>() => {
  const waiting = new Map<string, Set<A>>()
  const spentBy = boundedCache<string, number>(maxRemembered)
  let served = 0
  let size = 0

  /** A key that did not wait gets no credit for it. */
  const spentOf = (key: string): number => Math.max(served, spentBy.get(key) ?? served)

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

  /** Keys for which `isAdmitted` is false keep their entries. If the oldest entry of the key is late, the newest is next. */
  const next = (
    isAdmitted: (key: string) => boolean = constTrue,
    isLate: (entry: A) => boolean = constFalse
  ): readonly [key: string, entry: A] | undefined => {
    let found: readonly [key: string, entries: Set<A>] | undefined
    let [least, spentByFound] = [Infinity, Infinity]
    for (const one of waiting) {
      const spent = spentOf(one[0])
      least = Math.min(least, spent)
      if (spent >= spentByFound || !isAdmitted(one[0])) continue
      found = one
      spentByFound = spent
    }
    if (found === undefined) return undefined
    served = least
    const [key, entries] = found
    const [oldest] = entries
    const entry = oldest !== undefined && isLate(oldest) ? [...entries].at(-1) : oldest
    if (entry === undefined) return undefined
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
