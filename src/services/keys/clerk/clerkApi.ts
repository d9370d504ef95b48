import { Cause, Data, Effect, Exit, Option, type Redacted, type Schema } from "effect"
import { type HttpClientError, HttpClientRequest, HttpClientResponse } from "effect/http"
import { CircuitBreaker } from "effect/persistence"
import { byMonotonicClock, byWallClock } from "../../../domain/clocks.ts"
import { Unavailable } from "../../../domain/Unavailable.ts"
import { throttledWarning } from "../../../telemetry/throttledWarning.ts"
import { untracedClient } from "../../../telemetry/untracedClient.ts"
import { Admission } from "../../admission/Admission.ts"
import type { Place } from "../../admission/FairQueue.ts"

export interface ClerkAccess {
  readonly apiUrl: string
  readonly secretKey: Redacted.Redacted
}

const callLimit = "2500 millis"
/** A request to Clerk may take this long, including the wait for a place. */
const totalLimit = "3 seconds"
const breaker = { tripPolicy: CircuitBreaker.consecutive(5), openDuration: "1 second" } as const

class ClerkFailed extends Data.TaggedError("ClerkFailed")<{
  readonly reason: string
  /** `isOutage` is false if only one request is affected. The circuit breaker ignores such a failure. */
  readonly isOutage: boolean
  readonly retryAfterSeconds: number
}> {}

const failed = (reason: string, isOutage = true, retryAfterSeconds = 0) =>
  new ClerkFailed({ reason, isOutage, retryAfterSeconds })

/** With 401, Clerk refuses the secret key of the service, so all requests fail. */
const isOutageStatus = (status: number) => status === 401 || status === 429 || status >= 500

const ofStatus = ({ headers, status }: HttpClientResponse.HttpClientResponse) => {
  const seconds = Number(headers["retry-after"])
  return failed(`status ${status}`, isOutageStatus(status), seconds > 0 && seconds < 60 ? seconds : 0)
}

const ofError = (error: ClerkFailed | HttpClientError.HttpClientError | Schema.SchemaError) => {
  if (error._tag === "ClerkFailed") return error
  return failed(error._tag, error._tag === "HttpClientError" && error.reason._tag === "TransportError")
}

const answerOf = <A>(
  schema: Schema.Codec<A, unknown>,
  response: HttpClientResponse.HttpClientResponse
): Effect.Effect<A | undefined, ClerkFailed | HttpClientError.HttpClientError | Schema.SchemaError> => {
  const { status } = response
  if (status === 404) return Effect.succeed(undefined)
  if (status < 200 || status > 299) return Effect.fail(ofStatus(response))
  return HttpClientResponse.schemaBodyJson(schema)(response)
}

const classify = (exit: Exit.Exit<unknown, ClerkFailed>) =>
  Exit.match(exit, {
    onSuccess: () => CircuitBreaker.success,
    onFailure: (cause) =>
      Option.match(Option.filter(Cause.findErrorOption(cause), ({ isOutage }) => isOutage), {
        onNone: () => CircuitBreaker.ignored,
        onSome: ({ retryAfterSeconds }) => CircuitBreaker.failure({ retryAfter: `${retryAfterSeconds} seconds` })
      })
  })

export interface ClerkApi {
  /** `place` names the cause of the request: an organization or a visitor. Returns undefined for status 404. */
  send<A>(
    place: Place,
    request: HttpClientRequest.HttpClientRequest,
    schema: Schema.Codec<A, unknown>
  ): Effect.Effect<A | undefined, Unavailable>
}

export const clerkApi = Effect.fnUntraced(function*({ apiUrl, secretKey }: ClerkAccess) {
  const http = yield* untracedClient
  const { forClerk } = yield* Admission
  const circuit = yield* CircuitBreaker.make(breaker)
  const authorized = (request: HttpClientRequest.HttpClientRequest) =>
    request.pipe(HttpClientRequest.prependUrl(apiUrl), HttpClientRequest.bearerToken(secretKey))
  const logFailure = throttledWarning("Clerk cannot be asked about keys")

  const answered = Effect.fnUntraced(
    function*<A>(request: HttpClientRequest.HttpClientRequest, schema: Schema.Codec<A, unknown>) {
      return yield* answerOf(schema, yield* http.execute(authorized(request)))
    },
    Effect.mapError(ofError),
    Effect.timeoutOrElse({ duration: callLimit, orElse: () => Effect.fail(failed("no answer in time")) }),
    Effect.tapError(({ reason }) => logFailure({ reason }))
  )
  const api: ClerkApi = {
    send: (place, request, schema) =>
      byMonotonicClock(circuit.execute(byWallClock(answered(request, schema)), { key: "clerk", classify })).pipe(
        Effect.mapError(() => new Unavailable()),
        forClerk(place),
        Effect.timeoutOrElse({ duration: totalLimit, orElse: () => Effect.fail(new Unavailable()) })
      )
  }
  return api
})
