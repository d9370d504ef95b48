import { Context, Effect, Layer, type Scope } from "effect"
import { Config } from "../../Config.ts"
import type { Caller } from "../../domain/Caller.ts"
import { TooManyStreams } from "../../domain/Live.ts"
import { Unavailable } from "../../domain/Unavailable.ts"
import { tallied, watched } from "../../telemetry/measure.ts"
import { liveStreams, shed } from "../../telemetry/metrics.ts"

const off = () => new Unavailable({ message: "Live runs are turned off." })
const full = () => new Unavailable({ message: "The service has too many open streams. Try again shortly." })

export class StreamLimits extends Context.Service<StreamLimits, {
  take(caller: Caller): Effect.Effect<void, TooManyStreams | Unavailable, Scope.Scope>
}>()("crm-reports/services/live/StreamLimits") {
  static readonly layer = Layer.effect(
    StreamLimits,
    Effect.gen(function*() {
      const most = yield* Config.liveStreams
      const mostPerPerson = yield* Config.liveStreamsPerPerson
      const open = new Map<string, number>()
      let total = 0
      let refused = 0
      yield* watched(liveStreams, () => total)
      yield* tallied(shed({ limit: "streams" }), () => refused)

      const change = (person: string, by: 1 | -1) => {
        const left = (open.get(person) ?? 0) + by
        total += by
        if (left === 0) open.delete(person)
        else open.set(person, left)
      }
      const enter = (person: string) =>
        Effect.suspend((): Effect.Effect<void, TooManyStreams | Unavailable> => {
          if (most === 0) return Effect.fail(off())
          if ((open.get(person) ?? 0) >= mostPerPerson) return Effect.fail(new TooManyStreams())
          if (total >= most) {
            refused += 1
            return Effect.fail(full())
          }
          change(person, 1)
          return Effect.void
        })

      const take = ({ organizationId, userId }: Caller) => {
        const person = JSON.stringify([organizationId, userId])
        return Effect.acquireRelease(enter(person), () => Effect.sync(() => change(person, -1)))
      }
      return { take }
    })
  )
}
