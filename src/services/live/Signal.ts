import { Effect, Latch } from "effect"

interface Key {
  watchers: number
  version: number
  value: unknown
}

/** Gives each change the next number of the process, so that a version of another signal is never equal. */
export const makeVersions = () => {
  let last = 0
  return () => last += 1
}

/** Wakes waiting fibers, for all keys or for one. */
export const makeSignal = <K>(nextVersion: () => number) => {
  const latch = Latch.makeUnsafe()
  const keys = new Map<K, Key>()
  let version = nextVersion()

  const versionOf = (key: K | undefined) => Math.max(version, key === undefined ? 0 : keys.get(key)?.version ?? 0)
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
          const watched = keys.get(key) ?? { watchers: 0, version: 0, value }
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
        watched.version = nextVersion()
        return latch.release
      }),
    all: Effect.suspend(() => {
      version = nextVersion()
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
