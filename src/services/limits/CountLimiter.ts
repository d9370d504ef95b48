import { Clock, Context, Effect, Layer } from "effect"
import type { OrgId } from "../../domain/Ids.ts"
import { watched } from "../../telemetry/measure.ts"
import { countsWaiting } from "../../telemetry/metrics.ts"
import { makeFairOrder } from "../admission/fairOrder.ts"

/** Counts run for about this long, and then the event loop turns. */
const sliceNanos = 1_000_000

/** Turns of the event loop after a slice. With fewer, a small request would wait for several slices. */
const turns = 3

const afterTurns = (times: number, work: () => void): void =>
  void setImmediate(() => times > 1 ? afterTurns(times - 1, work) : work())

/** Counting in memory blocks the process. The organization that has counted for the least time is next. */
export class CountLimiter extends Context.Service<CountLimiter, {
  withTurn(organizationId: OrgId): <A, E, R>(count: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}>()("crm-reports/services/limits/CountLimiter") {
  static readonly layer = Layer.effect(
    CountLimiter,
    Effect.gen(function*() {
      const clock = yield* Clock.Clock
      const queue = makeFairOrder<() => void>()
      let isServing = false
      yield* watched(countsWaiting, queue.size)

      const serve = () => {
        let spent = 0
        while (spent < sliceNanos) {
          const found = queue.next()
          if (found === undefined) {
            isServing = false
            return
          }
          const [organizationId, start] = found
          const started = clock.monotonicTimeNanosUnsafe()
          start()
          const took = Number(clock.monotonicTimeNanosUnsafe() - started)
          queue.charge(organizationId, took)
          spent += took
        }
        afterTurns(turns, serve)
      }

      /** The fiber continues inside `start` until it waits for something else. */
      const turn = (organizationId: OrgId) =>
        Effect.callback<void>((resume) => {
          const start = () => resume(Effect.void)
          queue.add(organizationId, start)
          if (!isServing) afterTurns(1, serve)
          isServing = true
          return Effect.sync(() => queue.remove(organizationId, start))
        })
      return { withTurn: (organizationId) => (count) => Effect.andThen(turn(organizationId), count) }
    })
  )
}
