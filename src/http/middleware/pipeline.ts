import { ByteSize, type Cause, Clock, Context, Effect, References, type Types } from "effect"
import {
  type Headers,
  HttpIncomingMessage,
  HttpMiddleware,
  HttpPlatform,
  HttpRouter,
  HttpServerRequest,
  HttpServerRespondable,
  HttpServerResponse
} from "effect/http"
import { MethodNotAllowed } from "../../api/RequestFailures.ts"
import { Config } from "../../Config.ts"
import { RequestId } from "../../domain/Failure.ts"
import { throttledWarning } from "../../services/limits/throttledWarning.ts"
import type { Addresses } from "./allowedMethods.ts"
import { maxBodyBytes } from "./bodyLimit.ts"
import { compressing, encodings, isLasting } from "./compression.ts"
import { corsFor } from "./cors.ts"
import { failureOf, isClientGone } from "./errors.ts"
import { requestIdOf } from "./requestIdOf.ts"
import { smallBytes, Undelivered } from "./responseBudget.ts"
import { dress } from "./responseHeaders.ts"

const slowMillis = 2_000

const mostBytes = ByteSize.fromInputUnsafe(maxBodyBytes)

const pathOf = (url: string): string => {
  const end = url.search(/[?#]/)
  return end === -1 ? url : url.slice(0, end)
}

/** Whether the address is there, but has no handler for the method. */
const isOtherMethod = (method: string, allowed: ReadonlyArray<string>) =>
  allowed.length > 0 && (method === "OPTIONS" || !allowed.includes(method))

const otherMethod = (method: string, allowed: ReadonlyArray<string>) =>
  (method === "OPTIONS"
    ? Effect.succeed(HttpServerResponse.empty({ status: 204 }))
    : HttpServerRespondable.toResponse(new MethodNotAllowed())).pipe(
      Effect.map(HttpServerResponse.setHeader("allow", allowed.join(", ")))
    )

const rescue = Effect.fnUntraced(function*<E>(cause: Cause.Cause<E>) {
  if (isClientGone(cause)) return yield* Effect.failCause(cause)
  const { failure, isDefect } = failureOf(cause)
  if (isDefect) yield* Effect.logError("failed", cause)
  return yield* HttpServerRespondable.toResponse(failure)
})

const compress = HttpMiddleware.compression({ algorithms: encodings })

/** As the request accepts it. Browsers say what they do; other services often do not, and then there is nothing to find out. */
const compressedFor =
  ({ "accept-encoding": accepted }: Headers.Headers) =>
  <E, R>(answer: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>) =>
    accepted === undefined ? answer : compress(answer)

/** Everything that leaves the service passes here: one error body, one set of headers, one line in the log where it matters. */
export const edge = (addresses: Addresses) =>
  HttpRouter.middleware(
    Effect.gen(function*() {
      const corsOf = corsFor(yield* Config.corsOrigins)
      const { compression, ...others } = yield* HttpPlatform.HttpPlatform
      const platform = { ...others, compression: (yield* compressing)(compression) }
      const { hold } = yield* Undelivered
      const tellSlow = throttledWarning("answered")
      return Effect.fnUntraced(
        function*(handler: Effect.Effect<HttpServerResponse.HttpServerResponse, Types.unhandled>) {
          const request = yield* HttpServerRequest.HttpServerRequest
          const { headers, method, url } = request
          const requestId = requestIdOf(headers["x-request-id"])
          const about = { requestId, method, path: pathOf(url) }
          const started = yield* Clock.currentTimeMillis
          const allowed = addresses.isPlain(method, about.path) ? [method] : addresses.allowedAt(url)
          const answer = isOtherMethod(method, allowed) ? otherMethod(method, allowed) : handler
          const response = yield* answer.pipe(
            Effect.catchCause(rescue),
            compressedFor(headers),
            Effect.updateContext((context: Context.Context<HttpServerRequest.HttpServerRequest>) =>
              context.pipe(
                Context.add(RequestId, requestId),
                Context.add(References.CurrentLogAnnotations, about),
                Context.add(HttpPlatform.HttpPlatform, platform),
                Context.add(HttpIncomingMessage.MaxBodySize, mostBytes)
              )
            )
          )
          const { body } = response
          if (body._tag === "Uint8Array" && body.contentLength > smallBytes) {
            hold(request, isLasting(body) ? 0 : body.contentLength)
          }
          const millis = (yield* Clock.currentTimeMillis) - started
          if (millis >= slowMillis || response.status > 500) {
            yield* tellSlow({ ...about, status: response.status, millis })
          }
          return dress(response, { ...corsOf(request, response.headers["allow"]), "x-request-id": requestId })
        }
      )
    }),
    { global: true }
  )
