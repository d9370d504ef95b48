import { Effect } from "effect"
import type { Caller } from "../../domain/Caller.ts"
import { RoleChanged } from "../../domain/Live.ts"

export interface Admitted<C> {
  readonly caller: Caller
  /** Checks again whether the session token or the key is accepted. */
  readonly check: Effect.Effect<Caller, C>
  /** `expiresAt` is in epoch milliseconds. It is undefined for a key. */
  readonly expiresAt: number | undefined
}

/** Fails if the credential is no longer accepted, or if the caller has another role. */
export const stillAdmitted = <C>({ caller, check }: Admitted<C>): Effect.Effect<Caller, C | RoleChanged> =>
  Effect.flatMap(check, (now) => now.role === caller.role ? Effect.succeed(now) : Effect.fail(new RoleChanged()))
