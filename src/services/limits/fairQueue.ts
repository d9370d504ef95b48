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

  const next = (): readonly [key: string, entry: A] | undefined => {
    let found: readonly [key: string, entries: Set<A>] | undefined
    let least = Infinity
    for (const one of waiting) {
      const spent = spentOf(one[0])
      if (spent >= least) continue
      found = one
      least = spent
    }
    if (found === undefined) return undefined
    served = least
    const [key, [entry]] = found
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
