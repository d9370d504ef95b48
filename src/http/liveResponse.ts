import { type Cause, Effect, Stream } from "effect"
import { Sse } from "effect/encoding"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import { Credential } from "../api/Authentication.ts"
import { type Caller, CurrentCaller } from "../domain/Caller.ts"
import type { ReportId } from "../domain/Ids.ts"
import { eventStream, type LiveEvent } from "../domain/Live.ts"
import type { RunRequest } from "../domain/Run.ts"
import { LiveRuns } from "../services/live/LiveRuns.ts"
import { failureBody, failureOf } from "./middleware/errors.ts"

/** `no-transform` prevents compression, which would hold events back. */
const headers = { "cache-control": "private, no-store, no-transform", "x-accel-buffering": "no" }

const text = (event: string, data: unknown, id?: string) =>
  Sse.encoder.write({ _tag: "Event", event, id, data: JSON.stringify(data) })

const textOf = (event: LiveEvent): string => {
  switch (event.event) {
    case "series":
      return text("series", event.series, event.id)
    case "ready":
      return text("ready", {}, event.id)
    case "alive":
      return ":\n\n"
  }
}

/** The event `expired` asks the client for a new session token. */
const lastText = Effect.fnUntraced(function*<E>(cause: Cause.Cause<E>) {
  const { failure, isDefect } = failureOf(cause)
  if (isDefect) yield* Effect.logError("a stream failed unexpectedly", cause)
  return text(failure.statusCode === 401 ? "expired" : "failure", yield* failureBody(failure))
})

export const liveResponses = Effect.map(
  LiveRuns,
  (live) =>
    Effect.fnUntraced(function*<E>(request: (caller: Caller) => Effect.Effect<RunRequest, E>, reportId?: ReportId) {
      const caller = yield* CurrentCaller
      const { check, expiresAt: endOf } = yield* Credential
      const context = yield* Effect.context<HttpServerRequest.HttpServerRequest>()
      const lastEventId = (yield* HttpServerRequest.HttpServerRequest).headers["last-event-id"]
      const expiresAt = endOf()
      const events = yield* live.open({ caller, check, expiresAt, request: request(caller), reportId, lastEventId })
      const body = events.pipe(
        Stream.map(textOf),
        Stream.catchCause((cause) => Stream.fromEffect(lastText(cause))),
        Stream.provideContext(context),
        Stream.encodeText
      )
      return HttpServerResponse.stream(body, { contentType: eventStream, headers })
    })
)
