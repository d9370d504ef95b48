import { DateTime, Effect } from "effect"
import type { Unreachable } from "../../domain/Unavailable.ts"

const every = "20 seconds"

/** Renews a lease. Ends when `renew` returns false, because another process has it. */
export const renewing = (renew: (now: DateTime.Utc) => Effect.Effect<boolean, Unreachable>): Effect.Effect<"lost"> =>
  Effect.sleep(every).pipe(
    Effect.andThen(DateTime.now),
    Effect.flatMap(renew),
    Effect.orElseSucceed(() => true),
    Effect.flatMap((isOurs) => isOurs ? renewing(renew) : Effect.succeed("lost"))
  )
