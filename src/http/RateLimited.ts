import { Context, Effect, Layer } from "effect"
import { HttpServerRequest } from "effect/http"
import type { HttpApiEndpoint } from "effect/http-api"
import { CountsAs, OfferedFormats, RateLimit } from "../api/RateLimit.ts"
import { CurrentCaller } from "../domain/Caller.ts"
import type { RatePolicy } from "../domain/RatePolicy.ts"
import { TooManyRequests } from "../domain/TooManyRequests.ts"
import { RateLimits } from "../services/limits/RateLimits.ts"
import { RunLimiter } from "../services/limits/RunLimiter.ts"
import { formatIn } from "./acceptedFormat.ts"
import { keepRates } from "./middleware/requestContext.ts"

export const withinRate = Effect.map(RateLimits, ({ spend }) =>
  Effect.fnUntraced(function*(policy: RatePolicy) {
    const spent = yield* spend(yield* CurrentCaller, policy)
    keepRates(yield* HttpServerRequest.HttpServerRequest, spent)
    if (spent.retryAfter !== undefined) return yield* new TooManyRequests()
  }))

const policyOf = ({ annotations }: HttpApiEndpoint.Top, accept: string | undefined): RatePolicy =>
  formatIn(accept, Context.get(annotations, OfferedFormats)) === undefined
    ? Context.get(annotations, CountsAs)
    : "files"

/** The rate limit comes before `RequestGuard`, so the body of a refused request is never read. */
export const RateLimitLayer = Layer.effect(
  RateLimit,
  Effect.gen(function*() {
    const within = yield* withinRate
    const { shedLoad } = yield* RunLimiter
    return (handler, { endpoint }) =>
      Effect.gen(function*() {
        const { headers } = yield* HttpServerRequest.HttpServerRequest
        yield* within(policyOf(endpoint, headers["accept"]))
        if (Context.get(endpoint.annotations, CountsAs) === "runs") {
          yield* shedLoad((yield* CurrentCaller).organizationId)
        }
        return yield* handler
      })
  })
)
