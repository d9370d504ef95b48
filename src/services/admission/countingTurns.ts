import { type Clock, Effect } from "effect"
import type { OrgId } from "../../domain/Ids.ts"
import { watched } from "../../telemetry/measure.ts"
import { countsWaiting } from "../../telemetry/metrics.ts"
import { makeFairOrder } from "./fairness.ts"

/** Counts run for about this long, and then the event loop turns. */
const sliceNanos = 1_000_000

/** Turns of the event loop after a slice. With fewer, a small request would wait for several slices. */
const turns = 3

const afterTurns = (times: number, work: () => void): void =>
  void setImmediate(() => times > 1 ? afterTurns(times - 1, work) : work())

/** Counting in memory blocks the process. The organization that has counted for the least time is next. */
export const makeCountingTurns = Effect.fnUntraced(function*(clock: Clock.Clock) {
  const order = makeFairOrder<() => void>()
  let isServing = false
  yield* watched(countsWaiting, order.size)

  const serve = () => {
    let spent = 0
    while (spent < sliceNanos) {
      const found = order.next()
      if (found === undefined) {
        isServing = false
        return
      }
      const [organizationId, start] = found
      const started = clock.monotonicTimeNanosUnsafe()
      start()
      const took = Number(clock.monotonicTimeNanosUnsafe() - started)
      order.charge(organizationId, took)
      spent += took
    }
    afterTurns(turns, serve)
  }

  /** The fiber continues inside `start` until it waits for something else. */
  const turn = (organizationId: OrgId) =>
    Effect.callback<void>((resume) => {
      const start = () => resume(Effect.void)
      order.add(organizationId, start)
      if (!isServing) afterTurns(1, serve)
      isServing = true
      return Effect.sync(() => order.remove(organizationId, start))
    })
  return (organizationId: OrgId) => <A, E, R>(count: Effect.Effect<A, E, R>) =>
    Effect.andThen(turn(organizationId), count)
})
