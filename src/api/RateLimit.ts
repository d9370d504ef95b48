import { Context } from "effect"
import { HttpApiMiddleware } from "effect/http-api"
import type { CurrentCaller } from "../domain/Caller.ts"
import type { DocumentFormat } from "../domain/DocumentFormat.ts"
import { type RatePolicy, TooManyRequests } from "../domain/Limit.ts"
import { Unavailable } from "../domain/Unavailable.ts"

export const CountsAs = Context.Reference<RatePolicy>("crm-reports/api/CountsAs", { defaultValue: () => "requests" })

/** A request whose `Accept` prefers one of these formats counts under the rate limit `files`. */
export const OfferedFormats = Context.Reference<ReadonlyArray<DocumentFormat>>("crm-reports/api/OfferedFormats", {
  defaultValue: () => []
})

export class RateLimit extends HttpApiMiddleware.Service<RateLimit, { requires: CurrentCaller }>()(
  "crm-reports/api/RateLimit",
  { error: [TooManyRequests, Unavailable] }
) {}
