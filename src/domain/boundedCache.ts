export interface BoundedCache<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): V
  delete(key: K): void
}

/** When it is full, the entry that was used least recently is forgotten. */
export const boundedCache = <K, V>(capacity = 10_000): BoundedCache<K, V> => {
  const values = new Map<K, V>()
  const renew = (key: K, value: V): V => {
    values.delete(key)
    values.set(key, value)
    return value
  }
  return {
    get: (key) => {
      const value = values.get(key)
      return value === undefined ? undefined : renew(key, value)
    },
    delete: (key) => void values.delete(key),
    set: (key, value) => {
      renew(key, value)
      if (values.size > capacity) { for (const [oldest] of values) return (values.delete(oldest), value) }
      return value
    }
  }
}
