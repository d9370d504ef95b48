import { Schema } from "effect"
import { Failure } from "./Failure.ts"

export const IdempotencyKey = Schema.String.check(
  Schema.isPattern(/^[\x20-\x7e]{1,255}$/, { message: "must be 1 to 255 printable ASCII characters" })
)

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
