import { Effect, Predicate, Schema } from "effect"
import { randomUUID } from "node:crypto"
import { type ServerResponse, STATUS_CODES } from "node:http"
import type { Duplex } from "node:stream"
import { HeadersTooLarge, RequestTimedOut } from "../../api/RequestFailures.ts"
import { RequestId } from "../../domain/Failure.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import { Unavailable } from "../../domain/Unavailable.ts"
import { headersOfStatus } from "./responseHeaders.ts"

const encode = Schema.encodeUnknownEffect(Schema.Union([InvalidRequest, HeadersTooLarge, RequestTimedOut, Unavailable]))

const bodyOf = (failure: unknown, requestId: string): string =>
  JSON.stringify(Effect.runSync(Effect.provideService(encode(failure), RequestId, requestId)))

const headersOf = (status: number, requestId: string) => ({
  ...headersOfStatus(status),
  "content-type": "application/json",
  "x-request-id": requestId,
  connection: "close"
})

const failureOf = (code: unknown) => {
  if (code === "HPE_HEADER_OVERFLOW") return new HeadersTooLarge()
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return new RequestTimedOut()
  return InvalidRequest.because("This is not a valid HTTP request.")
}

/** If the socket were destroyed while the client still sends, the response could be lost. */
const lingerMillis = 1_000

export const rawError = (error: Error, socket: Duplex): void => {
  const code = Predicate.hasProperty(error, "code") ? error.code : undefined
  if (code === "ECONNRESET" || !socket.writable) return void socket.destroy()
  const requestId = randomUUID()
  const failure = failureOf(code)
  const body = bodyOf(failure, requestId)
  const headers = { ...headersOf(failure.statusCode, requestId), "content-length": Buffer.byteLength(body) }
  socket.end([
    `HTTP/1.1 ${failure.statusCode} ${STATUS_CODES[failure.statusCode] ?? failure.error}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    "",
    body
  ].join("\r\n"))
  setTimeout(() => socket.destroy(), lingerMillis).unref()
}

export const rawUnavailable = (response: ServerResponse, state: "starting" | "stopping"): void => {
  const requestId = randomUUID()
  const failure = new Unavailable({ message: `The service is ${state}.` })
  response.writeHead(failure.statusCode, headersOf(failure.statusCode, requestId)).end(bodyOf(failure, requestId))
}
