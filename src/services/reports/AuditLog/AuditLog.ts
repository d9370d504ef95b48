import { Context, type DateTime, type Effect, Layer } from "effect"
import { SecureRandom } from "effect/crypto"
import type { AdminsOnly } from "../../../domain/AdminsOnly.ts"
import type { AuditActor, AuditList, AuditPage, NewAuditEvent } from "../../../domain/Audit.ts"
import type { Caller } from "../../../domain/Caller.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"
import { MemoryStore } from "../MemoryStore.ts"
import { memoryAuditLog } from "./memory.ts"
import { sqlAuditLog } from "./sql.ts"

/** Says who did what and when, without the numbers. */
export class AuditLog extends Context.Service<AuditLog, {
  record(actor: AuditActor, event: NewAuditEvent): Effect.Effect<void, Unreachable>
  /** Makes the change, and records it in the same transaction. Records nothing if `eventOf` returns undefined. */
  recording<A, E, R>(
    actor: AuditActor,
    change: Effect.Effect<A, E, R>,
    eventOf: (outcome: A) => NewAuditEvent | undefined
  ): Effect.Effect<A, E | Unreachable, R>
  list(caller: Caller, page: AuditPage): Effect.Effect<AuditList, AdminsOnly | Unreachable>
  /** Deletes old events. Returns how many. */
  purge(now: DateTime.Utc): Effect.Effect<number, Unreachable>
}>()("crm-reports/services/reports/AuditLog") {
  static readonly layerSql = Layer.effect(AuditLog, sqlAuditLog).pipe(Layer.provide(SecureRandom.layerWebCrypto))

  static readonly layerMemory = Layer.effect(AuditLog, memoryAuditLog).pipe(
    Layer.provide([MemoryStore.layer, SecureRandom.layerWebCrypto])
  )
}
