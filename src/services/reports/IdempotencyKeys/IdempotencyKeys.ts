import { Context, type Effect, Layer } from "effect"
import { SecureRandom } from "effect/crypto"
import type { IdempotencyMismatch } from "../../../domain/Idempotency.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"
import type { Answer, Attempt, Claim } from "./Claim.ts"
import { memoryIdempotencyKeys } from "./memory.ts"
import { sqlIdempotencyKeys } from "./sql.ts"

/** A request that claims a key must later `keep` an answer or `release` the key. */
export class IdempotencyKeys extends Context.Service<IdempotencyKeys, {
  claim(attempt: Attempt): Effect.Effect<Claim, IdempotencyMismatch | Unreachable>
  keep(attempt: Attempt, holder: string, answer: Answer): Effect.Effect<void, Unreachable>
  release(attempt: Attempt, holder: string): Effect.Effect<void, Unreachable>
  readonly purge: Effect.Effect<number, Unreachable>
}>()("crm-reports/services/reports/IdempotencyKeys") {
  static readonly layerSql = Layer.effect(IdempotencyKeys, sqlIdempotencyKeys).pipe(
    Layer.provide(SecureRandom.layerWebCrypto)
  )

  static readonly layerMemory = Layer.effect(IdempotencyKeys, memoryIdempotencyKeys).pipe(
    Layer.provide(SecureRandom.layerWebCrypto)
  )
}
