import { Context } from "effect"
import type { HttpServerRequest } from "effect/http"
import type { ServerResponse } from "node:http"

/** Told of every answer that is more than a connection takes at once. */
export const Undelivered = Context.Reference<(request: HttpServerRequest.HttpServerRequest, bytes: number) => void>(
  "crm-reports/http/edge/Undelivered",
  { defaultValue: () => () => {} }
)

/** What the kernel takes off our hands whether the client reads or not. */
export const smallBytes = 64 * 1024

const mostBytes = 256 * 1024 * 1024
const unreadMillis = 30_000

/**
 * Large answers are in memory until they are read. Whoever takes nothing of one for half a minute is cut off; where all
 * of them together are too much, so are those that began first.
 */
export const undelivered = (limits = { mostBytes, unreadMillis }) => {
  const waiting = new Map<ServerResponse, number>()
  let total = 0
  const forget = (response: ServerResponse) => {
    total -= waiting.get(response) ?? 0
    waiting.delete(response)
  }
  const cutOff = (response: ServerResponse) => {
    forget(response)
    response.destroy()
  }
  return (response: ServerResponse, bytes: number): void => {
    if (response.destroyed) return
    waiting.set(response, bytes)
    total += bytes
    response.once("close", () => forget(response))
    response.setTimeout(limits.unreadMillis, () => cutOff(response))
    for (const first of waiting.keys()) {
      if (total <= limits.mostBytes) return
      cutOff(first)
    }
  }
}
