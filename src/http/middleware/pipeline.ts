import { ByteSize, type Cause, Clock, Context, Duration, Effect, Option, References, Tracer, type Types } from "effect"
import {
  type Headers,
  HttpIncomingMessage,
  HttpMiddleware,
  HttpPlatform,
  HttpRouter,
  HttpServerRequest,
  HttpServerResponse
} from "effect/http"
import { randomUUID } from "node:crypto"
import { MethodNotAllowed } from "../../api/RequestFailures.ts"
import { Config } from "../../Config.ts"
import { RequestId } from "../../domain/Failure.ts"
import { IsMeasured } from "../../telemetry/measure.ts"
import { requests, requestSeconds } from "../../telemetry/metrics.ts"
import { fieldsOf, noFacts, ownerOf, RequestFacts } from "../../telemetry/requestFacts.ts"
import { throttledWarning } from "../../telemetry/throttledWarning.ts"
import type { AllowedMethods } from "./allowedMethods.ts"
import { compression, encodings, StaticPage } from "./compression.ts"
import { failureOf, failureResponse, isClientGone } from "./errors.ts"
import { maxBodyBytes, queryStart } from "./requestGuard.ts"
import { ResponseBudget, smallBytes } from "./responseBudget.ts"
import { responseHeaders } from "./responseHeaders.ts"

const maxBodySize = ByteSize.fromInputUnsafe(maxBodyBytes)

/** Headers and the log repeat the client's request id, so it may contain only safe characters. */
const isSafeId = (id: string) => /^[A-Za-z0-9._-]{1,64}$/.test(id)

const requestIdOf = (sent: string | undefined): string => sent !== undefined && isSafeId(sent) ? sent : randomUUID()

const anyCase = (letter: string) =>
  [letter, letter.toUpperCase()].map((one) => `${one}|%${Buffer.from(one).toString("hex")}`).join("|")

/** Matches what the router takes as `/unsubscribe/`: it ignores case, repeated slashes and the encoding of letters. */
const secretStart = new RegExp(`^/+${Array.from("unsubscribe", (letter) => `(?:${anyCase(letter)})`).join("")}/`, "i")

/** The rest of a link that ends the mails to a person is secret, so the log must not have it. */
export const pathOf = (url: string): string => {
  if (secretStart.test(url)) return "/unsubscribe/"
  const end = queryStart(url)
  return end === -1 ? url : url.slice(0, end)
}

const isOtherMethod = (method: string, allowed: ReadonlyArray<string>) =>
  allowed.length > 0 && (method === "OPTIONS" || !allowed.includes(method))

const otherMethod = (method: string, allowed: ReadonlyArray<string>) =>
  (method === "OPTIONS"
    ? Effect.succeed(HttpServerResponse.empty({ status: 204 }))
    : failureResponse(new MethodNotAllowed())).pipe(
      Effect.map(HttpServerResponse.setHeader("allow", allowed.join(", ")))
    )

const rescue = Effect.fnUntraced(function*<E>(cause: Cause.Cause<E>) {
  if (isClientGone(cause)) return yield* Effect.failCause(cause)
  const { failure, isDefect } = failureOf(cause)
  if (isDefect) yield* Effect.logError("a request failed unexpectedly", cause)
  return yield* failureResponse(failure)
})

/** A failing database must not fill the disk with log lines. */
const linesPerSecond = 100

/** A line costs more CPU time than the refusal, and refusals come in thousands. */
const refusalsPerSecond = 10

interface Ended {
  readonly status: number
  readonly nanos: bigint
}

/** Logs a request that was slow or failed. */
export const requestLog = (slowNanos: bigint) => {
  const message = "a request was slow or failed"
  const log = throttledWarning(message, linesPerSecond)
  const logRefusal = throttledWarning(message, refusalsPerSecond)
  return ({ nanos, status }: Ended, annotations: () => Readonly<Record<string, unknown>>) => {
    const isSlow = nanos >= slowNanos
    const isSlowClient = status === 408
    if (isSlowClient || (!isSlow && status < 500)) return Effect.void
    const logged = !isSlow && status === 503 ? logRefusal : log
    return logged({ ...annotations(), status, millis: Math.round(Number(nanos) / 1e6) })
  }
}

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])

/** A client can send any method, so unknown methods share one label. */
const labelOf = (method: string) => methods.has(method) ? method : "other"

const requestMeasure = Effect.map(
  Effect.context<never>(),
  (context) => (method: string, route: string, status: number, nanos: bigint): void => {
    const labels = { method: labelOf(method), route }
    requests({ ...labels, status: String(status) }).updateUnsafe(1, context)
    requestSeconds(labels).updateUnsafe(Number(nanos) / 1e9, context)
  }
)

export const spanName = ({ routeOf }: AllowedMethods) => ({ method, url }: HttpServerRequest.HttpServerRequest) =>
  `${labelOf(method)} ${routeOf(method, url)}`

const compress = HttpMiddleware.compression({ algorithms: encodings })

const compressedBy =
  (platform: HttpPlatform.HttpPlatform["Service"]) =>
  ({ "accept-encoding": accepted }: Headers.Headers) =>
  <E, R>(response: Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>) =>
    accepted === undefined
      ? response
      : Effect.provideService(compress(response), HttpPlatform.HttpPlatform, platform)

type Handled = Effect.Effect<
  HttpServerResponse.HttpServerResponse,
  Types.unhandled,
  HttpServerRequest.HttpServerRequest
>

export const pipeline = (allowedMethods: AllowedMethods) =>
  HttpRouter.middleware(
    Effect.gen(function*() {
      const withHeaders = responseHeaders(yield* Config.corsOrigins, yield* Config.mode)
      const { compression: nodeCompression, ...others } = yield* HttpPlatform.HttpPlatform
      const compressedFor = compressedBy({ ...others, compression: (yield* compression)(nodeCompression) })
      const { reserve } = yield* ResponseBudget
      const isMeasured = yield* IsMeasured
      const measure = yield* requestMeasure
      const log = requestLog(Duration.toNanosUnsafe(yield* Config.slowRequest))
      return Effect.fnUntraced(
        function*(handler: Effect.Effect<HttpServerResponse.HttpServerResponse, Types.unhandled>) {
          const request = yield* HttpServerRequest.HttpServerRequest
          const { headers, method, url } = request
          const requestId = requestIdOf(headers["x-request-id"])
          const annotations = { requestId, method, path: pathOf(url) }
          const facts = noFacts()
          const started = yield* Clock.monotonicTimeNanos
          const allowed = allowedMethods.isExactRoute(method, annotations.path) ? [method] : allowedMethods.at(url)
          const handled: Handled = isOtherMethod(method, allowed) ? otherMethod(method, allowed) : handler
          const response = yield* handled.pipe(
            Effect.catchCause(rescue),
            compressedFor(headers),
            Effect.updateContext((context: Context.Context<HttpServerRequest.HttpServerRequest>) =>
              context.pipe(
                Context.add(RequestId, requestId),
                Context.add(References.CurrentLogAnnotations, annotations),
                Context.add(RequestFacts, facts),
                Context.add(HttpIncomingMessage.MaxBodySize, maxBodySize)
              )
            )
          )
          const { body } = response
          if (body._tag === "Uint8Array" && body.contentLength > smallBytes) {
            reserve(request, ownerOf(facts), body instanceof StaticPage ? 0 : body.contentLength)
          }
          if (body._tag === "Stream") reserve(request, ownerOf(facts), 0)
          const nanos = (yield* Clock.monotonicTimeNanos) - started
          if (isMeasured) measure(method, allowedMethods.routeOf(method, url), response.status, nanos)
          // Without a span, `Effect.currentSpan` makes an error with its stack.
          const span = yield* Effect.serviceOption(Tracer.ParentSpan)
          yield* log({ status: response.status, nanos }, () => ({
            ...annotations,
            route: allowedMethods.routeOf(method, url),
            ...(Option.isSome(span) && { traceId: span.value.traceId }),
            ...fieldsOf(facts)
          }))
          return withHeaders(request, response, requestId, facts.rates ?? [])
        }
      )
    }),
    { global: true }
  )
