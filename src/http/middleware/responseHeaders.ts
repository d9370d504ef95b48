import { type HttpServerRequest, HttpServerResponse } from "effect/http"
import type { Rate } from "../../domain/Limit.ts"
import { sha256 } from "../../domain/sha256.ts"
import { windowSeconds } from "../../services/admission/limits.ts"

type Headers = Readonly<Record<string, string>>

export const retryAfterSeconds = "1"

/** After this time, the client may try again, because another of its streams may have ended. */
const streamRetrySeconds = "10"

const always = {
  "x-content-type-options": "nosniff",
  "cache-control": "private, no-store",
  vary: "Authorization, Origin, Accept, Accept-Language, Accept-Encoding"
}

const byStatus = new Map<number, Headers>([
  [401, { "www-authenticate": "Bearer" }],
  [408, { connection: "close" }],
  [413, { connection: "close" }],
  [429, { "retry-after": streamRetrySeconds }],
  [503, { "retry-after": retryAfterSeconds }],
  [504, { "retry-after": retryAfterSeconds }]
])

export const headersOfStatus = (status: number): Headers => ({ ...always, ...byStatus.get(status) })

const strongOrWeak = /^(?:W\/)?"([^"]*)"$/

const tagsIn = (header: string): ReadonlyArray<string> =>
  header.split(",").map((part) => strongOrWeak.exec(part.trim())?.[1]).filter((listed) => listed !== undefined)

export const contentETag = (content: string | Uint8Array): string => `"${sha256(content, "base64url")}"`

export const reportETag = ({ snapshotCount, version }: { readonly version: number; readonly snapshotCount: number }) =>
  `"${version}.${snapshotCount}"`

export const isNotModified = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined && (ifNoneMatch.trim() === "*" || tagsIn(ifNoneMatch).includes(etag.slice(1, -1)))

const version = /^(\d{1,9})(?:\.\d+)?$/

export const allowedVersions = (ifMatch: string | undefined): ReadonlyArray<number> | undefined =>
  ifMatch === undefined || ifMatch.trim() === "*"
    ? undefined
    : tagsIn(ifMatch).map((listed) => version.exec(listed)?.[1]).filter((listed) => listed !== undefined).map(Number)

const allowHeaders = [
  "Authorization",
  "Content-Type",
  "Idempotency-Key",
  "If-Match",
  "If-None-Match",
  "Last-Event-ID",
  "Mcp-Method",
  "Mcp-Name",
  "Mcp-Protocol-Version",
  "X-Organization-Id",
  "X-Request-Id",
  "Traceparent",
  "Tracestate"
].join(", ")

const exposeHeaders = [
  "Content-Disposition",
  "ETag",
  "Idempotency-Replayed",
  "Location",
  "RateLimit",
  "RateLimit-Policy",
  "Retry-After",
  "X-Request-Id"
].join(", ")

const preflightSeconds = "600"

const isPreflight = ({ headers, method }: HttpServerRequest.HttpServerRequest) =>
  method === "OPTIONS" && headers["access-control-request-method"] !== undefined

const localOrigin = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** Sessions use bearer tokens and no cookies, so CORS credentials are not allowed. */
const corsHeaders = (
  isAllowed: (origin: string) => boolean,
  request: HttpServerRequest.HttpServerRequest,
  methods: string | undefined
): Headers => {
  const { origin } = request.headers
  if (origin === undefined || !isAllowed(origin)) return {}
  const allowed = { "access-control-allow-origin": origin, "access-control-expose-headers": exposeHeaders }
  if (!isPreflight(request) || methods === undefined) return allowed
  return {
    ...allowed,
    "access-control-allow-methods": methods,
    "access-control-allow-headers": allowHeaders,
    "access-control-max-age": preflightSeconds
  }
}

const policyOf = ({ limit, name }: Rate) => `"${name}";q=${limit};w=${windowSeconds}`
/** The last rate is the one that refused the request. */
const isSpent = (rates: ReadonlyArray<Rate>) => rates.at(-1)?.isSpent === true

const rateOf = ({ name, remaining, resetSeconds }: Rate) => `"${name}";r=${remaining};t=${resetSeconds}`

const rateHeaders = (rates: ReadonlyArray<Rate>, status: number): Headers => {
  if (rates.length === 0) return {}
  return {
    "ratelimit-policy": rates.map(policyOf).join(", "),
    ratelimit: rates.map(rateOf).join(", "),
    ...(status === 429 && isSpent(rates) && { "retry-after": String(rates.at(-1)?.resetSeconds) })
  }
}

export const responseHeaders = (corsOrigins: ReadonlyArray<string>, mode: string) => {
  const origins = new Set(corsOrigins)
  const isAllowed = (origin: string) => origins.has(origin) || (mode === "development" && localOrigin.test(origin))
  return (
    request: HttpServerRequest.HttpServerRequest,
    response: HttpServerResponse.HttpServerResponse,
    requestId: string,
    rates: ReadonlyArray<Rate>
  ) =>
    HttpServerResponse.setHeaders(response, {
      ...headersOfStatus(response.status),
      ...response.headers,
      ...rateHeaders(rates, response.status),
      ...corsHeaders(isAllowed, request, response.headers["allow"]),
      "x-request-id": requestId
    })
}
