import { Effect } from "effect"
import { setTimeout } from "node:timers/promises"

/** In real time, whatever a test's clock says. */
const pause = Effect.promise(() => setTimeout(5))

/** Tells the most that were at it at a time, and begins anew. */
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
