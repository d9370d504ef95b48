import { Effect, type Fiber, Latch } from "effect"
import { currentMoment } from "./Agenda.ts"

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

interface Wait {
  readonly isOver: (now: number) => boolean
  readonly end: () => void
}

/** All streams share one timer, which runs only while a stream waits. */
export const makeWaits = Effect.gen(function*() {
  const scope = yield* Effect.scope
  const waits = new Set<Wait>()
  let isStopped = false
  let isTicking = false
  const endWhere = (isOver: (wait: Wait) => boolean) => {
    for (const wait of waits) {
      if (isOver(wait)) wait.end()
    }
  }
  const look = Effect.map(currentMoment, ({ monotonic }) => endWhere(({ isOver }) => isOver(monotonic)))
  const ticks = look.pipe(
    Effect.delay("1 second"),
    Effect.repeat({
      while: () => {
        isTicking = waits.size > 0
        return isTicking
      }
    })
  )
  const startTicks = Effect.uninterruptible(Effect.suspend(() => {
    if (isTicking) return Effect.void
    isTicking = true
    return Effect.asVoid(Effect.forkIn(Effect.interruptible(ticks), scope))
  }))

  /** Also ends with `fiber`. `isOver` is called with `-Infinity`, and later with the monotonic time in milliseconds. */
  const until = (isOver: (now: number) => boolean, fiber?: Fiber.Fiber<unknown, unknown>) =>
    Effect.suspend(() => {
      if (isStopped || isOver(-Infinity)) return Effect.void
      const ended = Latch.makeUnsafe()
      const wait: Wait = {
        isOver,
        end: () => {
          waits.delete(wait)
          ended.openUnsafe()
        }
      }
      waits.add(wait)
      // The ticks end when nothing waits, so the wait is added before they are started.
      const unobserve = fiber?.addObserver(wait.end)
      const leave = Effect.sync(() => {
        waits.delete(wait)
        unobserve?.()
      })
      return Effect.ensuring(Effect.andThen(startTicks, ended.await), leave)
    })
  const stop = Effect.sync(() => {
    isStopped = true
    endWhere(() => true)
  })
  return { look, stop, until }
})
