import { Context, type Schema } from "effect"
import { HttpApiMiddleware } from "effect/http-api"
import type { CurrentCaller } from "../domain/Caller.ts"
import type { DocumentFormat } from "../domain/DocumentFormat.ts"
import { InvalidRequest } from "../domain/InvalidRequest.ts"
import { type RatePolicy, TooManyRequests } from "../domain/Limit.ts"
import { TimedOut, Unavailable } from "../domain/Unavailable.ts"
import { BodyTooLarge, InternalError, RequestTimedOut, UnsupportedMediaType } from "./RequestFailures.ts"

/** Parameters that an endpoint does not declare as `query`, because each call of the typed client would need `query`. */
export const OptionalQuery = Context.Reference<Schema.Top | undefined>("crm-reports/api/OptionalQuery", {
  defaultValue: () => undefined
})

export class RequestGuard extends HttpApiMiddleware.Service<RequestGuard>()("crm-reports/api/RequestGuard", {
  error: [InvalidRequest, BodyTooLarge, UnsupportedMediaType, RequestTimedOut, InternalError, Unavailable, TimedOut]
}) {}

export const CountsAs = Context.Reference<RatePolicy>("crm-reports/api/CountsAs", { defaultValue: () => "requests" })

/** A request whose `Accept` prefers one of these formats counts under the rate limit `files`. */
export const OfferedFormats = Context.Reference<ReadonlyArray<DocumentFormat>>("crm-reports/api/OfferedFormats", {
  defaultValue: () => []
})

/** A request whose `Accept` prefers events is a stream. */
export const OffersEvents = Context.Reference<boolean>("crm-reports/api/OffersEvents", { defaultValue: () => false })

export class RateLimit extends HttpApiMiddleware.Service<RateLimit, { requires: CurrentCaller }>()(
  "crm-reports/api/RateLimit",
  { error: [TooManyRequests, Unavailable] }
) {}
