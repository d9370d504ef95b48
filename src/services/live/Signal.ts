import { Effect } from "effect"

interface Key {
  watchers: number
  version: number
  value: unknown
}

/** All signals of the process share one counter, so no two versions are equal. */
export const makeVersions = () => {
  let last = 0
  return () => last += 1
}

/** Each change gives one key or all keys a new version, and then runs `onChange`. */
export const makeSignal = <K>(nextVersion: () => number, onChange: Effect.Effect<void>) => {
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
    /** `value` is the present value of the key. */
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
        if (watched === undefined || watched.value === value) return Effect.void
        watched.value = value
        watched.version = nextVersion()
        return onChange
      }),
    all: Effect.suspend(() => {
      version = nextVersion()
      return onChange
    }),
    versionOf
  }
}
