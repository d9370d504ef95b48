import * as NodeHttpServerRequest from "@effect/platform-node/NodeHttpServerRequest"
import { Context, Layer } from "effect"
import type { HttpServerRequest } from "effect/http"
import { ServerResponse } from "node:http"

type Request = HttpServerRequest.HttpServerRequest

/** The kernel buffers this much per connection, so smaller responses are not counted. */
export const smallBytes = 64 * 1024

const mostBytes = 256 * 1024 * 1024
/** Node may report a socket timeout only after twice this time. */
const unreadMillis = 30_000

interface Reservation {
  readonly owner: string
  readonly bytes: number
}

const totalOf = (reservations: Iterable<Reservation>): number => {
  let total = 0
  for (const { bytes } of reservations) total += bytes
  return total
}

const largestOwner = (reservations: Iterable<Reservation>): string | undefined => {
  const sums = new Map<string, number>()
  for (const { bytes, owner } of reservations) sums.set(owner, (sums.get(owner) ?? 0) + bytes)
  return [...sums].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

/** A response is aborted if its client does not read what was sent, or if all unread responses together are too large. */
export const responseBudget = (limits = { mostBytes, unreadMillis }) => {
  const unread = new Map<ServerResponse, Reservation>()
  const abort = (response: ServerResponse) => {
    unread.delete(response)
    response.destroy()
  }
  const abortOverLimit = () => {
    while (totalOf(unread.values()) > limits.mostBytes) {
      const owner = largestOwner(unread.values())
      const [oldest] = [...unread].find(([, reservation]) => reservation.owner === owner) ?? []
      if (oldest === undefined) return
      abort(oldest)
    }
  }
  const note = (response: ServerResponse, reservation: Reservation): void => {
    unread.set(response, reservation)
    abortOverLimit()
  }
  const reserve = (response: ServerResponse, owner: string, bytes: number): void => {
    if (response.destroyed) return
    response.once("close", () => unread.delete(response))
    response.setTimeout(limits.unreadMillis, () => {
      if (response.writableLength > 0) abort(response)
    })
    note(response, { owner, bytes })
  }
  const resize = (response: ServerResponse, bytes: number): void => {
    const reservation = unread.get(response)
    if (reservation !== undefined) note(response, { ...reservation, bytes })
  }
  return { reserve, resize }
}

const responseTo = (request: Request): ServerResponse | undefined => {
  const response = NodeHttpServerRequest.toServerResponse(request)
  return response instanceof ServerResponse ? response : undefined
}

export class ResponseBudget extends Context.Service<ResponseBudget, {
  /** Adds `bytes` to the unread bytes of `owner`. Call this once for each request. */
  readonly reserve: (request: Request, owner: string, bytes: number) => void
  /** Replaces the number of bytes of a reserved response, which keeps its owner. */
  readonly resize: (request: Request, bytes: number) => void
  readonly isAborted: (request: Request) => boolean
}>()("crm-reports/http/middleware/ResponseBudget") {
  static readonly layer = Layer.sync(ResponseBudget, () => {
    const { reserve, resize } = responseBudget()
    return {
      reserve: (request, owner, bytes) => {
        const response = responseTo(request)
        if (response !== undefined) reserve(response, owner, bytes)
      },
      resize: (request, bytes) => {
        const response = responseTo(request)
        if (response !== undefined) resize(response, bytes)
      },
      isAborted: (request) => responseTo(request)?.destroyed === true
    }
  })

  static readonly layerUnlimited = Layer.succeed(ResponseBudget, {
    reserve: () => {},
    resize: () => {},
    isAborted: () => false
  })
}
