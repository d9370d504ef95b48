import { Effect } from "effect"
import { waitForGrant } from "./waitForGrant.ts"

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

  const enter = (key: string) => (start: () => void) => {
    waiting.set(key, (waiting.get(key) ?? new Set()).add(start))
    startWaiting()
    return () => remove(key, start)
  }

  return {
    withPermit: (key: string) => <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
      Effect.uninterruptibleMask((restore) => {
        const held = Effect.ensuring(restore(effect), release)
        if (free === 0 || waiting.size > 0) {
          return Effect.andThen(waitForGrant({ enter: enter(key), release }, restore), held)
        }
        free -= 1
        return held
      })
  }
}
