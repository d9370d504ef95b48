export interface BoundedCache<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): V
}

/** What was found, at most so much: when there is more, all of it is forgotten at once, which costs no order. */
export const boundedCache = <K, V>(most: number): BoundedCache<K, V> => {
  const known = new Map<K, V>()
  return {
    get: (key) => known.get(key),
    set: (key, value) => {
      if (known.size >= most && !known.has(key)) known.clear()
      known.set(key, value)
      return value
    }
  }
}
