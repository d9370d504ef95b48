import { Effect, Latch } from "effect"

interface Key {
  watchers: number
  changes: number
  value: unknown
}

/** Wakes waiting fibers, for all keys or for one. */
export const makeSignal = <K>() => {
  const latch = Latch.makeUnsafe()
  const keys = new Map<K, Key>()
  let changes = 0

  const versionOf = (key: K | undefined) => changes + (key === undefined ? 0 : keys.get(key)?.changes ?? 0)
  const leave = (key: K) => {
    const watched = keys.get(key)
    if (watched === undefined) return
    watched.watchers -= 1
    if (watched.watchers === 0) keys.delete(key)
  }

  return {
    /** Watches the key from this value on, until the scope closes. */
    watch: (key: K, value: unknown) =>
      Effect.acquireRelease(
        Effect.sync(() => {
          const watched = keys.get(key) ?? { watchers: 0, changes: 0, value }
          watched.watchers += 1
          keys.set(key, watched)
        }),
        () => Effect.sync(() => leave(key))
      ),
    keys: () => [...keys.keys()],
    compare: (key: K, value: unknown) =>
      Effect.suspend(() => {
        const watched = keys.get(key)
        if (watched === undefined || watched.value === value) return Effect.succeed(false)
        watched.value = value
        watched.changes += 1
        return latch.release
      }),
    all: Effect.suspend(() => {
      changes += 1
      return latch.release
    }),
    of: (key: K | undefined) => ({
      version: () => versionOf(key),
      changedSince: (version: number) =>
        Effect.whileLoop({
          while: () => versionOf(key) === version,
          body: () => latch.await,
          step: () => {}
        })
    })
  }
}
