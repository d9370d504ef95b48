import { Clock, Effect } from "effect"

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
  const look = Effect.map(Clock.currentTimeMillis, (now) => endWhere(({ isOver }) => isOver(now)))
  const ticks = look.pipe(
    Effect.delay("1 second"),
    Effect.repeat({
      while: () => {
        isTicking = waits.size > 0
        return isTicking
      }
    })
  )
  const startTicks = Effect.suspend(() => {
    if (isTicking) return Effect.void
    isTicking = true
    return Effect.asVoid(Effect.forkIn(ticks, scope))
  })

  /** `isOver` is called first with `-Infinity`, and later with the time in epoch milliseconds. */
  const until = (isOver: (now: number) => boolean) =>
    Effect.andThen(
      startTicks,
      Effect.callback<void>((resume) => {
        if (isStopped || isOver(-Infinity)) return resume(Effect.void)
        const wait: Wait = {
          isOver,
          end: () => {
            waits.delete(wait)
            resume(Effect.void)
          }
        }
        waits.add(wait)
        return Effect.sync(() => waits.delete(wait))
      })
    )
  const stop = Effect.sync(() => {
    isStopped = true
    endWhere(() => true)
  })
  return { look, stop, until }
})
