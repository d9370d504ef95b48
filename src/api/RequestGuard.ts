import { HttpApiMiddleware } from "effect/http-api"
import { InvalidRequest } from "../domain/InvalidRequest.ts"
import { TimedOut, Unavailable } from "../domain/Unavailable.ts"
import { BodyTooLarge, InternalError, UnsupportedMediaType } from "./RequestFailures.ts"

/** What any endpoint may answer beside its own errors: handlers may fail with these without declaring them. */
export class SoundRequest extends HttpApiMiddleware.Service<SoundRequest>()("crm-reports/api/SoundRequest", {
  error: [InvalidRequest, BodyTooLarge, UnsupportedMediaType, InternalError, Unavailable, TimedOut]
}) {}
