import { Effect } from "effect"
import { Sse } from "effect/encoding"
import type { Caller } from "../../src/domain/Caller.ts"
import type { WebApp } from "./WebApp.ts"

export interface Received {
  readonly id: string | undefined
  readonly event: string
  readonly data: Record<string, unknown>
}

export interface LiveStream {
  readonly status: number
  readonly headers: Headers
  /** Contains everything that was received so far. */
  readonly text: () => string
  readonly events: () => ReadonlyArray<Received>
  readonly isEnded: () => boolean
  readonly leave: () => void
}

export const eventsIn = (text: string): ReadonlyArray<Received> => {
  const events: Array<Received> = []
  const parser = Sse.makeParser((event) => {
    if (event._tag === "Event") events.push({ id: event.id, event: event.event, data: JSON.parse(event.data) })
  })
  parser.feed(text)
  return events
}

interface Asked {
  readonly address: string
  readonly token: string
  readonly body: unknown
  readonly lastEventId?: string
}

const sent = ({ body, lastEventId, token }: Asked, signal: AbortSignal): RequestInit => ({
  method: "POST",
  headers: {
    authorization: `Bearer ${token}`,
    accept: "text/event-stream",
    "content-type": "application/json",
    ...(lastEventId !== undefined && { "last-event-id": lastEventId })
  },
  body: JSON.stringify(body),
  signal
})

const read = (response: Response, leaving: AbortController): LiveStream => {
  let text = ""
  let isEnded = false
  const reading = async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk
  }
  const end = () => {
    isEnded = true
  }
  reading().then(end, end)
  return {
    status: response.status,
    headers: response.headers,
    text: () => text,
    events: () => eventsIn(text),
    isEnded: () => isEnded,
    leave: () => leaving.abort()
  }
}

/** Opens a live run. The client leaves when the scope closes. */
export const listen = (asked: Asked) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const leaving = new AbortController()
      return read(await fetch(asked.address, sent(asked, leaving.signal)), leaving)
    }),
    (stream) => Effect.sync(stream.leave)
  )

/** Starts a live run on a service that has no port. Returns the events up to and including the event `ready`. */
export const firstEvents = async (app: WebApp, caller: Caller, path: string, body: unknown, authorization?: string) => {
  const response = await app.send(caller, `POST ${path}`, body, {
    accept: "text/event-stream",
    ...(authorization !== undefined && { authorization })
  })
  let text = ""
  if (response.status !== 200) return { status: response.status, events: [] }
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    if (text.includes("event: ready\n")) break
  }
  return { status: response.status, events: eventsIn(text) }
}

export const namesOf = (stream: LiveStream) => stream.events().map(({ event }) => event)

export const isReady = (stream: LiveStream) => namesOf(stream).includes("ready")
