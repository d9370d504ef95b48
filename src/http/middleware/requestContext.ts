import { Effect, Predicate } from "effect"
import type { HttpServerRequest } from "effect/http"
import type { Caller } from "../../domain/Caller.ts"
import type { Rate } from "../../services/admission/rates.ts"

type Request = Pick<HttpServerRequest.HttpServerRequest, "source">

interface Facts {
  readonly caller?: Caller
  readonly rates?: ReadonlyArray<Rate>
  /** The name of the limit that refused the request. */
  readonly limit?: string
  /** The seconds after which the request may be sent again. */
  readonly retryAfter?: unknown
}

const known = new WeakMap<Request["source"], Facts>()

export const factsOf = ({ source }: Request): Facts => known.get(source) ?? {}

const keep = (request: Request, facts: Facts): void => void known.set(request.source, { ...factsOf(request), ...facts })

export const keepCaller = (request: Request, caller: Caller): void => keep(request, { caller })

export const callerOf = (request: Request): Caller | undefined => factsOf(request).caller

export const keepRates = (request: Request, rates: ReadonlyArray<Rate>): void => keep(request, { rates })

/** The log names the limit that refused a request. */
export const noteLimit = (request: Request) => (error: unknown) =>
  Effect.sync(() => {
    if (!Predicate.hasProperty(error, "limit") || typeof error.limit !== "string") return
    keep(request, {
      limit: error.limit,
      ...(Predicate.hasProperty(error, "retryAfter") && { retryAfter: error.retryAfter })
    })
  })
