import { Effect } from "effect"
import { IdempotencyKeys } from "./IdempotencyKeys/IdempotencyKeys.ts"
import { nightly } from "./nightly.ts"

/** Forgets what was answered more than 24 hours ago; gives how many answers. */
export const forget = IdempotencyKeys.use(({ purge }) => purge).pipe(Effect.withSpan("IdempotencyCleanup"))

export const IdempotencyCleanup = nightly("the cleanup of idempotency keys", forget)
