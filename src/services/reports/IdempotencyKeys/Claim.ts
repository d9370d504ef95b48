import { Duration, Effect } from "effect"
import { Config } from "../../../Config.ts"
import { IdempotencyInProgress, IdempotencyMismatch } from "../../../domain/Idempotency.ts"
import type { OrgId } from "../../../domain/Ids.ts"

export interface Attempt {
  readonly organizationId: OrgId
  readonly id: string
  readonly fingerprint: string
}

export interface Answer {
  readonly status: number
  readonly etag: string | null
  readonly body: string
}

export type Claim =
  | { readonly _tag: "Claimed"; readonly holder: string }
  | { readonly _tag: "Answered"; readonly answer: Answer }

export const answerRetention = Duration.hours(24)

/** After this time, a holder without an answer is considered dead. */
export const holderTimeout = Effect.map(
  Config.freezeTimeout,
  (freezeTimeout) => Duration.sum(freezeTimeout, Duration.seconds(30))
)

export interface StoredKey {
  readonly fingerprint: string
  readonly answer: Answer | undefined
}

export const claimStored = (
  fingerprint: string,
  stored: StoredKey | undefined
): Effect.Effect<Claim, IdempotencyMismatch | IdempotencyInProgress> => {
  if (stored === undefined) return Effect.fail(new IdempotencyInProgress())
  if (stored.fingerprint !== fingerprint) return Effect.fail(new IdempotencyMismatch())
  if (stored.answer === undefined) return Effect.fail(new IdempotencyInProgress())
  return Effect.succeed({ _tag: "Answered", answer: stored.answer })
}
