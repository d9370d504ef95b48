import { Context, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { TestClock } from "effect/testing"

/** Lets time pass. It advances the test clock, or moves the times of stored rows back. */
export class Passing extends Context.Service<Passing, {
  seconds(count: number): Effect.Effect<void>
  /** Gives all stored reports equal times, and all stored snapshots too. */
  readonly atOnce: Effect.Effect<void>
}>()("crm-reports/test/conformance/Passing") {
  static readonly layerMemory = Layer.succeed(Passing, {
    seconds: (count) => TestClock.adjust(count * 1000),
    atOnce: Effect.void
  })

  static readonly layerSql = Layer.effect(
    Passing,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const seconds = Effect.fnUntraced(function*(count: number) {
        const span = `${count} seconds`
        yield* sql`
          UPDATE crm_report_snapshots
          SET created_at = created_at - ${span}::interval, expires_at = expires_at - ${span}::interval`
        yield* sql`
          UPDATE crm_reports
          SET created_at = created_at - ${span}::interval, updated_at = updated_at - ${span}::interval`
        yield* sql`
          UPDATE crm_report_keys
          SET created_at = created_at - ${span}::interval, expires_at = expires_at - ${span}::interval`
        yield* sql`UPDATE crm_report_audit SET at = at - ${span}::interval`
        yield* sql`UPDATE crm_report_idempotency_keys SET claimed_at = claimed_at - ${span}::interval`
      }, Effect.orDie)
      const atOnce = Effect.gen(function*() {
        yield* sql`UPDATE crm_reports SET updated_at = date_trunc('day', updated_at)`
        yield* sql`UPDATE crm_report_snapshots SET created_at = date_trunc('day', created_at)`
      }).pipe(Effect.orDie)
      return { seconds, atOnce }
    })
  )
}

export const aDay = 86_400
