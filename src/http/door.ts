import { Context, Effect, Layer } from "effect"
import { HttpServerRequest } from "effect/http"
import type { HttpApiEndpoint } from "effect/http-api"
import { CountsAs, OfferedFormats, RateLimit } from "../api/RateLimit.ts"
import { type Caller, CurrentCaller } from "../domain/Caller.ts"
import { Admission, type Kind } from "../services/admission/Admission.ts"
import { noteLimit, RequestFacts } from "../telemetry/requestFacts.ts"
import { formatIn, prefersEventsIn } from "./negotiation.ts"

export const door = Effect.map(
  Admission,
  ({ admit }) => (caller: Caller, kind: Kind) => <A, E, R>(work: Effect.Effect<A, E, R>) =>
    Effect.flatMap(Effect.service(RequestFacts), (facts) =>
      work.pipe(
        admit(caller, kind, ({ rates }) => {
          if (facts !== undefined && rates.length > 0) facts.rates = rates
        }),
        Effect.tapError(noteLimit)
      ))
)

const kindOf = ({ annotations }: HttpApiEndpoint.Top, accept: string | undefined): Kind => {
  const kind = Context.get(annotations, CountsAs)
  if (formatIn(accept, Context.get(annotations, OfferedFormats)) !== undefined) return "files"
  return kind === "runs" && prefersEventsIn(accept) ? "streams" : kind
}

/** The door comes before `RequestGuard`, so the body of a request that is refused or waits is not read. */
export const DoorLayer = Layer.effect(
  RateLimit,
  Effect.map(
    door,
    (admitted) => (handler, { endpoint }) =>
      Effect.flatMap(
        CurrentCaller,
        (caller) =>
          Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
            handler.pipe(
              admitted(caller, kindOf(endpoint, request.headers["accept"]))
            ))
      )
  )
)
