import { Context, Effect, Latch, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { sharedOnce } from "../../domain/shared.ts"
import { Unavailable, type Unreachable } from "../../domain/Unavailable.ts"
import { withDeadline } from "../admission/withDeadline.ts"
import { SqlFailures } from "./statements.ts"

const keptFor = "1 second"

export class ReadinessProbe extends Context.Service<ReadinessProbe, Effect.Effect<void, Unreachable>>()(
  "crm-reports/services/database/ReadinessProbe"
) {
  static readonly layerSql = Layer.effect(
    ReadinessProbe,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const { mapSqlErrors } = yield* SqlFailures
      return Effect.asVoid(mapSqlErrors(sql`SELECT 1`))
    })
  )

  static readonly layerMemory = Layer.succeed(ReadinessProbe, Effect.void)
}

export class Readiness extends Context.Service<Readiness, {
  readonly check: Effect.Effect<void, Unavailable>
  /** Fails while the service shuts down, without sending a statement. */
  readonly refuseDraining: Effect.Effect<void, Unavailable>
  readonly drain: Effect.Effect<void>
  readonly drained: Effect.Effect<void>
}>()("crm-reports/services/database/Readiness") {
  static readonly layer = Layer.effect(
    Readiness,
    Effect.gen(function*() {
      const draining = yield* Latch.make()
      const probe = yield* ReadinessProbe
      const refuseDraining = Effect.suspend(() =>
        draining.isOpen() ? Effect.fail(new Unavailable({ message: "The service is shutting down." })) : Effect.void
      )
      const probed = probe.pipe(
        withDeadline("500 millis"),
        Effect.catchTag("TimedOut", () => Effect.fail(new Unavailable()))
      )
      /** All callers share one probe and its result, also if it fails, so that they cost nothing. */
      const shared = yield* sharedOnce(Effect.exit(probed), keptFor)
      return {
        refuseDraining,
        check: Effect.andThen(refuseDraining, Effect.flatten(shared)),
        drain: Effect.asVoid(draining.open),
        drained: draining.await
      }
    })
  )
}
