import { Context, Duration, Effect, Layer, PartitionedSemaphore } from "effect"
import type { OrgId } from "../../domain/Ids.ts"
import { watched } from "../../telemetry/measure.ts"
import { countsWaiting } from "../../telemetry/metrics.ts"

/** After a long count, this many turns of the event loop let other requests go on. */
const yields = 3

/** A count is long from this many milliseconds on. */
const long = 0.3

const pauseAfter = (took: Duration.Duration) =>
  Effect.repeat(Effect.yieldNow, { times: Duration.toMillis(took) < long ? 0 : yields - 1 })

/** Only one count in memory runs at a time, because a count blocks the process. */
export class CountLimiter extends Context.Service<CountLimiter, {
  withTurn(organizationId: OrgId): <A, E, R>(count: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}>()("crm-reports/services/limits/CountLimiter") {
  static readonly layer = Layer.effect(
    CountLimiter,
    Effect.gen(function*() {
      const turns = yield* PartitionedSemaphore.make<string>({ permits: 1 })
      let waiting = 0
      yield* watched(countsWaiting, () => waiting)
      const withTurn = (organizationId: OrgId) => <A, E, R>(count: Effect.Effect<A, E, R>) =>
        Effect.suspend(() => {
          waiting += 1
          let isWaiting = true
          const stopWaiting = Effect.sync(() => {
            if (isWaiting) waiting -= 1
            isWaiting = false
          })
          return stopWaiting.pipe(
            Effect.andThen(Effect.timed(count)),
            Effect.flatMap(([took, counted]) => Effect.as(pauseAfter(took), counted)),
            turns.withPermit(organizationId),
            Effect.ensuring(stopWaiting)
          )
        })
      return { withTurn }
    })
  )
}
