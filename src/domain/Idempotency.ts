import { Schema } from "effect"
import { Failure } from "./Failure.ts"

export const IdempotencyKey = Schema.String.annotate({
  description:
    "A unique key for this request, kept for 24 hours. The same key with the same body repeats the first response, if you may still read what it created. Another body gives 422; a request that still runs gives 409.",
  examples: ["9f1b7c34-3a0e-4a8f-8f57-0b1d2c3e4f50"]
}).check(Schema.isPattern(/^[\x20-\x7e]{1,255}$/u, { message: "must be 1 to 255 printable ASCII characters" }))

export class IdempotencyMismatch extends Failure<IdempotencyMismatch>()("IdempotencyMismatch", {
  status: 422,
  code: "idempotency_mismatch",
  message: "This Idempotency-Key was sent before with another request. Use a new key for a new request."
}) {}

export class IdempotencyInProgress extends Failure<IdempotencyInProgress>()("IdempotencyInProgress", {
  status: 409,
  code: "idempotency_in_progress",
  message:
    "The first request with this Idempotency-Key is still being answered. Try again; if its process crashed, the key is free again after about a minute."
}) {}
