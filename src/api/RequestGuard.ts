import { Context, type Schema } from "effect"
import { HttpApiMiddleware } from "effect/http-api"
import { InvalidRequest } from "../domain/InvalidRequest.ts"
import { TimedOut, Unavailable } from "../domain/Unavailable.ts"
import { BodyTooLarge, InternalError, RequestTimedOut, UnsupportedMediaType } from "./RequestFailures.ts"

/** Parameters that an endpoint does not declare as `query`, because each call of the typed client would need `query`. */
export const OptionalQuery = Context.Reference<Schema.Top | undefined>("crm-reports/api/OptionalQuery", {
  defaultValue: () => undefined
})

export class RequestGuard extends HttpApiMiddleware.Service<RequestGuard>()("crm-reports/api/RequestGuard", {
  error: [InvalidRequest, BodyTooLarge, UnsupportedMediaType, RequestTimedOut, InternalError, Unavailable, TimedOut]
}) {}
