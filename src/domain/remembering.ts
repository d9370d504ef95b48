export interface Remembered<K, V> {
  get(key: K): V | undefined
  keep(key: K, value: V): V
}

/** The last of what was found, at most so much; what came first is forgotten first. */
export const remembering = <K, V>(most: number): Remembered<K, V> => {
  const known = new Map<K, V>()
  return {
    get: (key) => known.get(key),
    keep: (key, value) => {
      const [oldest] = known.size < most ? [] : known.keys()
      if (oldest !== undefined) known.delete(oldest)
      known.set(key, value)
      return value
    }
  }
}
