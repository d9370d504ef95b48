import { Effect, Schema } from "effect"
import { Predicate } from "effect"
import { randomUUID } from "node:crypto"
import { type ServerResponse, STATUS_CODES } from "node:http"
import type { Duplex } from "node:stream"
import { RequestId } from "../../domain/Failure.ts"
import { InvalidRequest } from "../../domain/InvalidRequest.ts"
import { HeadersTooLarge, RequestTimedOut } from "../../domain/RequestFailures.ts"
import { Unavailable } from "../../domain/Unavailable.ts"

const encode = Schema.encodeUnknownEffect(Schema.Union([InvalidRequest, HeadersTooLarge, RequestTimedOut, Unavailable]))

const bodyOf = (failure: unknown, requestId: string): string =>
  JSON.stringify(Effect.runSync(Effect.provideService(encode(failure), RequestId, requestId)))

const failureOf = (code: unknown) => {
  if (code === "HPE_HEADER_OVERFLOW") return new HeadersTooLarge()
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return new RequestTimedOut()
  return InvalidRequest.of([{ path: "", message: "This is not an HTTP request that can be read." }])
}

/** Answers what Node could not read as a request, in the service's error body, and hangs up. */
export const refuse = (error: Error, socket: Duplex): void => {
  const code = Predicate.hasProperty(error, "code") ? error.code : undefined
  if (code === "ECONNRESET" || !socket.writable) return void socket.destroy()
  const requestId = randomUUID()
  const failure = failureOf(code)
  const body = bodyOf(failure, requestId)
  socket.end([
    `HTTP/1.1 ${failure.statusCode} ${STATUS_CODES[failure.statusCode] ?? failure.error}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    "X-Content-Type-Options: nosniff",
    "Cache-Control: private, no-store",
    "Connection: close",
    "",
    body
  ].join("\r\n"))
}

/** Answers a request that came before there is anybody to answer it. */
export const refuseEarly = (response: ServerResponse): void => {
  const requestId = randomUUID()
  response.writeHead(503, {
    "Content-Type": "application/json",
    "X-Request-Id": requestId,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Retry-After": "1",
    Connection: "close"
  }).end(bodyOf(new Unavailable({ message: "The service is about to start." }), requestId))
}
