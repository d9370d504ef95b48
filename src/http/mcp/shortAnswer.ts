import { Effect } from "effect"
import { HttpRouter, HttpServerResponse } from "effect/http"

/** The answer of a tool is always smaller than this, unlike an error message. */
const maxBytes = 32_000
const maxCharacters = 2_000

const cut = (_key: string, value: unknown): unknown =>
  typeof value === "string" && value.length > maxCharacters ? `${value.slice(0, maxCharacters)}…` : value

/** Error messages are cut, because they repeat the wrong arguments of a call. */
export const shortAnswer = HttpRouter.middleware(Effect.map((response: HttpServerResponse.HttpServerResponse) => {
  const { body, headers, status } = response
  if (body._tag !== "Uint8Array" || body.contentLength <= maxBytes) return response
  const text = JSON.stringify(JSON.parse(new TextDecoder().decode(body.body)), cut)
  return HttpServerResponse.text(text, { status, headers, contentType: "application/json" })
}))
