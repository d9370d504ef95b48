import { Effect } from "effect"
import { setTimeout } from "node:timers/promises"

/** The pause takes real time even under a test clock. */
const pause = Effect.promise(() => setTimeout(5))

/** Measures the concurrency of effects. `mostAtOnce` returns the maximum and resets it. */
export const meter = () => {
  let [now, most] = [0, 0]
  const step = (by: number) =>
    Effect.sync(() => {
      now += by
      most = Math.max(most, now)
    })
  const metered = <A, E, R>(reading: Effect.Effect<A, E, R>) =>
    Effect.acquireUseRelease(step(1), () => Effect.andThen(pause, reading), () => step(-1))
  const mostAtOnce = () => {
    const found = most
    most = 0
    return found
  }
  return { metered, mostAtOnce }
}
