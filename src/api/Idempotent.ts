import { Schema } from "effect"
import { HttpApiMiddleware } from "effect/http-api"
import type { CurrentCaller } from "../domain/Caller.ts"
import { IdempotencyInProgress, IdempotencyKey, IdempotencyMismatch } from "../domain/Idempotency.ts"
import { TimedOut, Unavailable } from "../domain/Unavailable.ts"

/** On endpoints that make something: with an `Idempotency-Key`, the same request again gives the same answer. */
export class Idempotent extends HttpApiMiddleware.Service<Idempotent, { requires: CurrentCaller }>()(
  "crm-reports/api/Idempotent",
  { error: [IdempotencyInProgress, IdempotencyMismatch, Unavailable, TimedOut] }
) {}

/** The header of an endpoint that is `Idempotent`. */
export const idempotencyKey = { "idempotency-key": Schema.optionalKey(IdempotencyKey) }
