import { Context, Effect, Predicate } from "effect"
import type { Caller } from "../../domain/Caller.ts"
import type { Rate } from "../../services/admission/rates.ts"

/** The facts of a request, for its log line, for the headers of its response, and for `ResponseBudget`. */
export interface Facts {
  caller?: Caller
  rates?: ReadonlyArray<Rate>
  /** The name of the limit that refused the request. */
  limit?: string
  /** The seconds after which the request may be sent again. */
  retryAfter?: unknown
}

export const RequestFacts = Context.Reference<Facts | undefined>("crm-reports/http/middleware/RequestFacts", {
  defaultValue: () => undefined
})

/** A request without a valid token belongs to nobody. */
export const ownerOf = (facts: Facts | undefined): string => facts?.caller?.userId ?? ""

const note = (facts: Facts): Effect.Effect<void> =>
  Effect.withFiber((fiber) => {
    Object.assign(fiber.getRef(RequestFacts) ?? {}, facts)
    return Effect.void
  })

export const noteCaller = (caller: Caller) => note({ caller })

/** The log names the limit that refused a request. */
export const noteLimit = (error: unknown) => {
  if (!Predicate.hasProperty(error, "limit") || typeof error.limit !== "string") return Effect.void
  return note({
    limit: error.limit,
    ...(Predicate.hasProperty(error, "retryAfter") && { retryAfter: error.retryAfter })
  })
}
