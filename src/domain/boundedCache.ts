export interface BoundedCache<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): V
  delete(key: K): void
}

/**
 * It keeps at least the `capacity` entries that were used last, and at most twice as many. A read changes nothing for
 * an entry that was used recently, because moving each read entry to the end of a `Map` took 0.2 ms of each run.
 */
export const boundedCache = <K, V>(capacity = 10_000): BoundedCache<K, V> => {
  let recent = new Map<K, V>()
  let older = new Map<K, V>()
  const keep = (key: K, value: V): V => {
    if (recent.size >= capacity && !recent.has(key)) {
      older = recent
      recent = new Map()
    }
    recent.set(key, value)
    return value
  }
  return {
    get: (key) => {
      const value = recent.get(key)
      if (value !== undefined) return value
      const old = older.get(key)
      return old === undefined ? undefined : keep(key, old)
    },
    delete: (key) => {
      recent.delete(key)
      older.delete(key)
    },
    set: keep
  }
}
