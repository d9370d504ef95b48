import { Context, type Effect, Layer } from "effect"
import { SecureRandom } from "effect/crypto"
import type { IdempotencyInProgress, IdempotencyMismatch } from "../../../domain/Idempotency.ts"
import type { OrgId } from "../../../domain/Ids.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"
import type { Answer, Claim } from "./Claim.ts"
import { inMemory } from "./memory.ts"
import { inSql } from "./sql.ts"

/** A request that names itself: `id` says who asks what under which key, `fingerprint` with which body. */
export interface Attempt {
  readonly organizationId: OrgId
  readonly id: string
  readonly fingerprint: string
}

/**
 * What was answered to requests that named themselves, for 24 hours. Whoever claims a key must keep an answer or
 * release it; a holder that does neither, because it crashed, loses the key a little after the longest request.
 */
export class IdempotencyKeys extends Context.Service<IdempotencyKeys, {
  claim(attempt: Attempt): Effect.Effect<Claim, IdempotencyMismatch | IdempotencyInProgress | Unreachable>
  keep(attempt: Attempt, holder: string, answer: Answer): Effect.Effect<void, Unreachable>
  release(attempt: Attempt, holder: string): Effect.Effect<void, Unreachable>
  /** Gives how many are forgotten. */
  readonly purge: Effect.Effect<number, Unreachable>
}>()("crm-reports/services/IdempotencyKeys") {
  static readonly layerSql = Layer.effect(IdempotencyKeys, inSql).pipe(Layer.provide(SecureRandom.layerWebCrypto))

  static readonly layerMemory = Layer.effect(IdempotencyKeys, inMemory).pipe(
    Layer.provide(SecureRandom.layerWebCrypto)
  )
}
