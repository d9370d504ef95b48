import { Context, Effect, Layer } from "effect"
import { HttpServerRequest } from "effect/http"
import type { HttpApiEndpoint } from "effect/http-api"
import { CountsAs, OfferedFormats, RateLimit } from "../api/RateLimit.ts"
import { type Caller, CurrentCaller } from "../domain/Caller.ts"
import type { RatePolicy } from "../domain/RatePolicy.ts"
import { TooManyRequests } from "../domain/TooManyRequests.ts"
import { RateLimits } from "../services/limits/RateLimits.ts"
import { RunLimiter } from "../services/limits/RunLimiter.ts"
import { formatIn } from "./acceptedFormat.ts"
import { keepRates } from "./middleware/requestContext.ts"

export const withinRate = Effect.map(
  RateLimits,
  ({ spend }) => (caller: Caller, policy: RatePolicy, request: HttpServerRequest.HttpServerRequest) =>
    Effect.flatMap(spend(caller, policy), (spent) => {
      if (spent.rates.length > 0) keepRates(request, spent)
      return spent.retryAfter === undefined ? Effect.void : Effect.fail(new TooManyRequests())
    })
)

const policyOf = ({ annotations }: HttpApiEndpoint.Top, accept: string | undefined): RatePolicy =>
  formatIn(accept, Context.get(annotations, OfferedFormats)) === undefined
    ? Context.get(annotations, CountsAs)
    : "files"

export const isRun = ({ annotations }: HttpApiEndpoint.Top): boolean => Context.get(annotations, CountsAs) === "runs"

export const withinRateOf = Effect.map(
  withinRate,
  (within) => (caller: Caller, endpoint: HttpApiEndpoint.Top) =>
    Effect.flatMap(
      HttpServerRequest.HttpServerRequest,
      (request) => within(caller, policyOf(endpoint, request.headers["accept"]), request)
    )
)

/** The rate limit comes before `RequestGuard`, so the body of a refused request is never read. */
export const RateLimitLayer = Layer.effect(
  RateLimit,
  Effect.gen(function*() {
    const within = yield* withinRateOf
    const { shedLoad } = yield* RunLimiter
    return (handler, { endpoint }) => {
      const shed = isRun(endpoint) ? shedLoad : () => Effect.void
      return Effect.flatMap(CurrentCaller, (caller) =>
        within(caller, endpoint).pipe(
          Effect.andThen(Effect.suspend(() => shed(caller.organizationId))),
          Effect.andThen(handler)
        ))
    }
  })
)
