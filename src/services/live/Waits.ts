import { Clock, Effect, Schedule } from "effect"

const pace = Schedule.spaced("1 second")

interface Wait {
  readonly isOver: (now: number) => boolean
  readonly end: () => void
}

/** All streams share one timer. A fiber wakes only when its wait is over. */
export const makeWaits = Effect.gen(function*() {
  const waits = new Set<Wait>()
  let isStopped = false
  const endWhere = (isOver: (wait: Wait) => boolean) => {
    for (const wait of waits) {
      if (isOver(wait)) wait.end()
    }
  }
  const look = Effect.map(Clock.currentTimeMillis, (now) => endWhere(({ isOver }) => isOver(now)))
  yield* Effect.forkScoped(Effect.schedule(look, pace))

  /** `isOver` is first called with `-Infinity`, and later with the time in epoch milliseconds. */
  const until = (isOver: (now: number) => boolean) =>
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
  /** Ends all waits. A later wait ends at once. */
  const stop = Effect.sync(() => {
    isStopped = true
    endWhere(() => true)
  })
  return { look, stop, until }
})
