export interface BoundedCache<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): V
  delete(key: K): void
}

export const boundedCache = <K, V>(capacity: number): BoundedCache<K, V> => {
  const values = new Map<K, V>()
  return {
    get: (key) => values.get(key),
    delete: (key) => void values.delete(key),
    set: (key, value) => {
      if (values.size >= capacity && !values.has(key)) values.clear()
      values.set(key, value)
      return value
    }
  }
}
