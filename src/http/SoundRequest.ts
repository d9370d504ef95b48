import { ByteSize, Effect, Layer } from "effect"
import { HttpIncomingMessage, type HttpServerError, HttpServerRequest } from "effect/http"
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

const checkBody = Effect.fnUntraced(function*(request: HttpServerRequest.HttpServerRequest) {
  const { "content-encoding": encoding, "content-length": length, "content-type": type } = request.headers
  if (type !== undefined && !json.test(type)) return yield* new UnsupportedMediaType()
  if (encoding !== undefined && encoding !== "identity") return yield* new UnsupportedMediaType()
  if (Number(length) > maxBodyBytes) return yield* new BodyTooLarge()
  const bytes = new Uint8Array(yield* request.arrayBuffer.pipe(Effect.mapError(refusalOf)))
  if (bytes.length === 0) return
  if (type === undefined) return yield* new UnsupportedMediaType()
  const fault = faultOfBody(bytes)
  if (fault !== undefined) return yield* invalid(fault)
}, Effect.provideService(HttpIncomingMessage.MaxBodySize, ByteSize.fromInputUnsafe(maxBodyBytes)))

const isOfRequest = (error: unknown): error is HttpApiError.HttpApiSchemaError =>
  HttpApiError.HttpApiSchemaError.is(error) && error.kind !== "Body" && error.kind !== "ResponseHeaders"

/** Stands inside the sign-in: nobody's body is read before we know whose it is. */
export const SoundRequestLayer = Layer.succeed(
  SoundRequest,
  Effect.fnUntraced(
    function*(handler) {
      const request = yield* HttpServerRequest.HttpServerRequest
      if (bodyMethods.has(request.method)) yield* checkBody(request)
      return yield* handler
    },
    Effect.mapError((error) => isOfRequest(error) ? InvalidRequest.of(issuesOf(error)) : error)
  )
)
