import type { Effect } from "effect"

/**
 * - `not_handed`: `hand` said no, so nothing was sent.
 * - `refused`: the server refuses this address or this message.
 * - `later`: the message was certainly not accepted, and another attempt may succeed.
 * - `unknown`: the message may have been accepted.
 */
export type Sent = "sent" | "not_handed" | "refused" | "later" | "unknown"

export interface Letter {
  /** All attempts of a delivery have the same id. */
  readonly id: string
  /** A mail address, or a url. */
  readonly to: string
  readonly bytes: Uint8Array
  /** Signs the message of a webhook. */
  readonly secret?: string | undefined
  /** Runs before the first byte leaves. */
  readonly hand: Effect.Effect<boolean>
}

export interface Channel {
  send(letter: Letter): Effect.Effect<Sent>
}
