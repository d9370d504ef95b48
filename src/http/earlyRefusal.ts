import { Effect, Option } from "effect"
import type { Headers, HttpServerRequest } from "effect/http"
import type { Caller } from "../domain/Caller.ts"
import { RunLimiter } from "../services/limits/RunLimiter.ts"
import { isOfOrganization } from "./Authentication.ts"
import { SignIn } from "./authentication/SignIn.ts"
import type { AllowedMethods } from "./middleware/allowedMethods.ts"
import { keepCaller } from "./middleware/requestContext.ts"
import { isRun, withinRateOf } from "./RateLimited.ts"

type Request = HttpServerRequest.HttpServerRequest

const scheme = "Bearer "

const tokenIn = ({ authorization }: Headers.Headers): string | undefined =>
  authorization?.startsWith(scheme) === true ? authorization.slice(scheme.length) : undefined

/** Refuses a run as `RateLimitLayer` would, before the route is found. It accepts no request. */
export const earlyRefusal = ({ endpointAt }: AllowedMethods) =>
  Effect.gen(function*() {
    const signIn = yield* SignIn
    const limiter = yield* RunLimiter
    const within = yield* withinRateOf

    const refuse = Effect.fnUntraced(function*(request: Request, caller: Caller) {
      const endpoint = endpointAt(request.method, request.url)
      if (endpoint === undefined || !isRun(endpoint) || !isOfOrganization(caller, request)) return
      keepCaller(request, caller)
      yield* within(caller, endpoint)
      return yield* limiter.refuse
    })

    const refuseIfOverloaded = Effect.fnUntraced(function*(request: Request) {
      const token = tokenIn(request.headers)
      if (token === undefined) return
      const caller = Option.getOrUndefined(yield* signIn.knownCaller(token))
      if (caller !== undefined && (yield* limiter.isOverloaded(caller.organizationId))) yield* refuse(request, caller)
    })
    return (request: Request) => limiter.isAnyCrowded() ? refuseIfOverloaded(request) : Effect.void
  })
