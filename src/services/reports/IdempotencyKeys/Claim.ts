import { Duration, Effect } from "effect"
import { Config } from "../../../Config.ts"
import { IdempotencyMismatch } from "../../../domain/Idempotency.ts"
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
  /** After `seconds`, the key is free or its answer is stored. */
  | { readonly _tag: "InProgress"; readonly holder: string; readonly seconds: number }

export const answerRetention = Duration.hours(24)

/** A request that stores no answer within this time loses its idempotency key. */
export const holderTimeout = Effect.map(
  Config.freezeTimeout,
  (freezeTimeout) => Duration.sum(freezeTimeout, Duration.seconds(30))
)

export interface StoredKey {
  readonly fingerprint: string
  readonly answer: Answer | undefined
  readonly holder: string
}

export const claimStored = (
  fingerprint: string,
  { answer, fingerprint: claimed, holder }: StoredKey,
  millisLeft: number
): Effect.Effect<Claim, IdempotencyMismatch> => {
  if (claimed !== fingerprint) return Effect.fail(new IdempotencyMismatch())
  if (answer !== undefined) return Effect.succeed({ _tag: "Answered", answer })
  return Effect.succeed({ _tag: "InProgress", holder, seconds: Math.max(1, Math.ceil(millisLeft / 1_000)) })
}
