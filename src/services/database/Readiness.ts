import { Context, Effect, Layer, Ref } from "effect"
import { Unavailable, type Unreachable } from "../../domain/Unavailable.ts"
import { withDeadline } from "../limits/withDeadline.ts"

/** Asks whatever must answer before requests can be answered; the database sets it. */
export const Ping = Context.Reference<Effect.Effect<void, Unreachable>>("crm-reports/services/Ping", {
  defaultValue: () => Effect.void
})

/** Whether to send requests here: the database answers, and the service is not about to stop. */
export class Readiness extends Context.Service<Readiness, {
  readonly check: Effect.Effect<void, Unavailable>
  readonly drain: Effect.Effect<void>
}>()("crm-reports/services/Readiness") {
  static readonly layer = Layer.effect(
    Readiness,
    Effect.gen(function*() {
      const isDraining = yield* Ref.make(false)
      const ping = yield* Ping
      return {
        check: Effect.gen(function*() {
          if (yield* Ref.get(isDraining)) return yield* new Unavailable({ message: "The service is about to stop." })
          yield* ping.pipe(
            withDeadline("500 millis"),
            Effect.catchTag("TimedOut", () => Effect.fail(new Unavailable()))
          )
        }),
        drain: Ref.set(isDraining, true)
      }
    })
  )
}
