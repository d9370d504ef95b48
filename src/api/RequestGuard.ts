import { HttpApiMiddleware } from "effect/http-api"
import { InvalidRequest } from "../domain/InvalidRequest.ts"
import { TimedOut, Unavailable } from "../domain/Unavailable.ts"
import { BodyTooLarge, InternalError, UnsupportedMediaType } from "./RequestFailures.ts"

export class RequestGuard extends HttpApiMiddleware.Service<RequestGuard>()("crm-reports/api/RequestGuard", {
  error: [InvalidRequest, BodyTooLarge, UnsupportedMediaType, InternalError, Unavailable, TimedOut]
}) {}
