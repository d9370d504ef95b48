import { Duration, Effect } from "effect"
import { Config } from "../../../Config.ts"
import { IdempotencyInProgress, IdempotencyMismatch } from "../../../domain/Idempotency.ts"

/** As much of a response as is needed to send it again. */
export interface Answer {
  readonly status: number
  readonly etag: string | null
  readonly body: string
}

export type Claim =
  | { readonly _tag: "Claimed"; readonly holder: string }
  | { readonly _tag: "Answered"; readonly answer: Answer }

export const keptFor = Duration.hours(24)

/** After this a holder that has not answered is taken for dead. */
export const holderTimeout = Effect.map(Config.freezeTimeout, (longest) => Duration.sum(longest, Duration.seconds(30)))

export interface Found {
  readonly fingerprint: string
  readonly answer: Answer | undefined
}

/** What a key that somebody else has claimed means for whoever brings this fingerprint. */
export const verdictOn = (
  fingerprint: string,
  found: Found | undefined
): Effect.Effect<Claim, IdempotencyMismatch | IdempotencyInProgress> => {
  if (found === undefined) return Effect.fail(new IdempotencyInProgress())
  if (found.fingerprint !== fingerprint) return Effect.fail(new IdempotencyMismatch())
  if (found.answer === undefined) return Effect.fail(new IdempotencyInProgress())
  return Effect.succeed({ _tag: "Answered", answer: found.answer })
}
