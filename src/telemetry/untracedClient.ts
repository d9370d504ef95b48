import { Effect } from "effect"
import { HttpClient } from "effect/http"

/** For requests that leave the operator's systems. */
export const untracedClient = Effect.map(
  HttpClient.HttpClient,
  HttpClient.transformResponse(Effect.provideService(HttpClient.TracerPropagationEnabled, false))
)
