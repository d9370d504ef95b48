import { Effect } from "effect"

/** A semaphore whose waiting keys take turns, however many waiters a key has. */
export const makeFairPermits = (permits: number) => {
  const waiting = new Map<string, Set<() => void>>()
  let free = permits
  let isStarting = false

  const remove = (key: string, start: () => void): void => {
    const starts = waiting.get(key)
    starts?.delete(start)
    if (starts?.size === 0) waiting.delete(key)
  }

  /** The key goes to the end of the queue. */
  const startNext = (key: string, starts: Set<() => void>): void => {
    const [start] = starts
    waiting.delete(key)
    waiting.set(key, starts)
    if (start === undefined) return
    remove(key, start)
    start()
  }

  /** A started effect can end inside this loop, and then gives its permit back. */
  const startWaiting = (): void => {
    if (isStarting) return
    isStarting = true
    while (free > 0) {
      const [first] = waiting
      if (first === undefined) break
      free -= 1
      startNext(...first)
    }
    isStarting = false
  }

  const release = Effect.sync(() => {
    free += 1
    startWaiting()
  })

  /** A fiber can be interrupted after its permit was granted, and before it continues. */
  const wait = (key: string, restore: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>) => {
    let isGranted = false
    const granted = Effect.callback<void>((resume) => {
      const start = () => {
        isGranted = true
        resume(Effect.void)
      }
      waiting.set(key, (waiting.get(key) ?? new Set()).add(start))
      startWaiting()
      return Effect.sync(() => remove(key, start))
    })
    return Effect.onInterrupt(restore(granted), () => isGranted ? release : Effect.void)
  }

  return {
    withPermit: (key: string) => <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
      Effect.uninterruptibleMask((restore) => {
        const held = Effect.ensuring(restore(effect), release)
        if (free === 0 || waiting.size > 0) return Effect.andThen(wait(key, restore), held)
        free -= 1
        return held
      })
  }
}
