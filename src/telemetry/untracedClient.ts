import { Effect } from "effect"
import { HttpClient } from "effect/http"

/** Requests that leave the operator's systems carry no trace ids. */
export const untracedClient = Effect.map(
  HttpClient.HttpClient,
  HttpClient.transformResponse(Effect.provideService(HttpClient.TracerPropagationEnabled, false))
)
