import { HttpServerResponse } from "effect/http"

export const retryAfterSeconds = "1"

const byStatus = new Map<number, Readonly<Record<string, string>>>([
  [401, { "www-authenticate": "Bearer" }],
  [413, { connection: "close" }],
  [503, { "retry-after": retryAfterSeconds }],
  [504, { "retry-after": retryAfterSeconds }]
])

const always = {
  "x-content-type-options": "nosniff",
  "cache-control": "private, no-store",
  vary: "Authorization, Origin, Accept-Encoding"
}

/** The headers that every answer of a status carries. */
export const headersOf = (status: number): Readonly<Record<string, string>> => ({ ...always, ...byStatus.get(status) })

/** What a handler set itself stays. */
export const dress = (
  response: HttpServerResponse.HttpServerResponse,
  ofRequest: Readonly<Record<string, string>>
) =>
  HttpServerResponse.setHeaders(response, {
    ...headersOf(response.status),
    ...response.headers,
    ...ofRequest
  })
