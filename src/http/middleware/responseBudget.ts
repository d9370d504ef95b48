import { Context } from "effect"
import type { HttpServerRequest } from "effect/http"
import type { ServerResponse } from "node:http"

type Request = HttpServerRequest.HttpServerRequest

/** Large answers on their way. */
export const Undelivered = Context.Reference<{
  /** So many bytes are in memory until the client has read them; said again of a request, it counts anew. */
  readonly hold: (request: Request, bytes: number) => void
  /** Whether nobody waits for the answer any more. */
  readonly isGone: (request: Request) => boolean
}>(
  "crm-reports/http/edge/Undelivered",
  { defaultValue: () => ({ hold: () => {}, isGone: () => false }) }
)

/** What the kernel takes off our hands whether the client reads or not. */
export const smallBytes = 64 * 1024

const mostBytes = 256 * 1024 * 1024
/** Node looks twice where the kernel took the beginning, so it may be twice as long. */
const unreadMillis = 30_000

interface Held {
  readonly owner: string
  readonly bytes: number
}

/** Whose answers together are most. */
const heaviest = (all: Iterable<Held>): string | undefined => {
  const sums = new Map<string, number>()
  for (const { bytes, owner } of all) sums.set(owner, (sums.get(owner) ?? 0) + bytes)
  return [...sums].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

/**
 * Large answers are in memory until they are read. Whoever takes nothing of one for so long is cut off; where all of
 * them together are too much, so is the first of whoever has most of them.
 */
export const undelivered = (limits = { mostBytes, unreadMillis }) => {
  const waiting = new Map<ServerResponse, Held>()
  let total = 0
  const forget = (response: ServerResponse) => {
    total -= waiting.get(response)?.bytes ?? 0
    waiting.delete(response)
  }
  const cutOff = (response: ServerResponse) => {
    forget(response)
    response.destroy()
  }
  const cutOffOne = () => {
    const owner = heaviest(waiting.values())
    const [first] = [...waiting].find(([, held]) => held.owner === owner) ?? []
    if (first !== undefined) cutOff(first)
  }
  return (response: ServerResponse, owner: string, bytes: number): void => {
    if (response.destroyed) return
    if (!waiting.has(response)) {
      response.once("close", () => forget(response))
      response.setTimeout(limits.unreadMillis, () => cutOff(response))
    }
    total += bytes - (waiting.get(response)?.bytes ?? 0)
    waiting.set(response, { owner, bytes })
    while (total > limits.mostBytes) cutOffOne()
  }
}
