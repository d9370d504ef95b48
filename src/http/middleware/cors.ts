import type { HttpServerRequest } from "effect/http"

const mayBeSent = [
  "Authorization",
  "Content-Type",
  "Idempotency-Key",
  "If-Match",
  "If-None-Match",
  "X-Organization-Id",
  "X-Request-Id",
  "Traceparent",
  "Tracestate"
].join(", ")

const mayBeRead = ["ETag", "Idempotency-Replayed", "Retry-After", "X-Request-Id"].join(", ")

const preflightSeconds = "600"

type Headers = Readonly<Record<string, string>>

const isPreflight = ({ headers, method }: HttpServerRequest.HttpServerRequest) =>
  method === "OPTIONS" && headers["access-control-request-method"] !== undefined

/**
 * What lets the pages of exactly these origins call. Sessions travel as bearer and never as cookies, so nobody is
 * allowed credentials.
 */
export const corsFor = (origins: ReadonlyArray<string>) => {
  const allowed = new Set(origins)
  return (request: HttpServerRequest.HttpServerRequest, methods: string | undefined): Headers => {
    const { origin } = request.headers
    if (origin === undefined || !allowed.has(origin)) return {}
    const found = { "access-control-allow-origin": origin, "access-control-expose-headers": mayBeRead }
    if (!isPreflight(request) || methods === undefined) return found
    return {
      ...found,
      "access-control-allow-methods": methods,
      "access-control-allow-headers": mayBeSent,
      "access-control-max-age": preflightSeconds
    }
  }
}
