import { ByteSize, Effect, Layer } from "effect"
import { type Headers, HttpIncomingMessage, type HttpServerError, HttpServerRequest } from "effect/http"
import { HttpApiError } from "effect/http-api"
import { SoundRequest } from "../api/SoundRequest.ts"
import { InvalidRequest } from "../domain/InvalidRequest.ts"
import { BodyTooLarge, UnsupportedMediaType } from "../domain/RequestFailures.ts"
import { faultOfBody, maxBodyBytes } from "./edge/body.ts"
import { issuesOf } from "./edge/issuesOf.ts"

const json = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i

const bodyMethods = new Set(["POST", "PUT", "PATCH"])

const invalid = (message: string) => InvalidRequest.of([{ path: "", message }])

const refusalOf = ({ reason }: HttpServerError.HttpServerError) =>
  reason._tag === "RequestParseError" && reason.reason === "BodyTooLarge"
    ? new BodyTooLarge()
    : invalid("The body could not be read to its end.")

const refusalOfHeaders = (headers: Headers.Headers) => {
  const { "content-encoding": encoding, "content-length": length, "content-type": type } = headers
  if (type !== undefined && !json.test(type)) return new UnsupportedMediaType()
  if (encoding !== undefined && encoding !== "identity") return new UnsupportedMediaType()
  return Number(length) > maxBodyBytes ? new BodyTooLarge() : undefined
}

const refusalOfBody = (bytes: Uint8Array, { "content-type": type }: Headers.Headers) => {
  if (bytes.length === 0) return undefined
  if (type === undefined) return new UnsupportedMediaType()
  const fault = faultOfBody(bytes)
  return fault === undefined ? undefined : invalid(fault)
}

const mostBytes = ByteSize.fromInputUnsafe(maxBodyBytes)

const bytesOf = (request: HttpServerRequest.HttpServerRequest) =>
  request.arrayBuffer.pipe(
    Effect.mapBoth({ onFailure: refusalOf, onSuccess: (buffer) => new Uint8Array(buffer) }),
    Effect.provideService(HttpIncomingMessage.MaxBodySize, mostBytes)
  )

const isOfRequest = (error: unknown): error is HttpApiError.HttpApiSchemaError =>
  HttpApiError.HttpApiSchemaError.is(error) && error.kind !== "Body" && error.kind !== "ResponseHeaders"

/** Stands inside the sign-in: nobody's body is read before we know whose it is. */
export const SoundRequestLayer = Layer.succeed(
  SoundRequest,
  Effect.fnUntraced(
    function*(handler) {
      const request = yield* HttpServerRequest.HttpServerRequest
      if (!bodyMethods.has(request.method)) return yield* handler
      const { headers } = request
      const refusal = refusalOfHeaders(headers) ?? refusalOfBody(yield* bytesOf(request), headers)
      return yield* refusal ?? handler
    },
    Effect.mapError((error) => isOfRequest(error) ? InvalidRequest.of(issuesOf(error)) : error)
  )
)
