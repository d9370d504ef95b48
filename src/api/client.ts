import { Effect } from "effect"
import { HttpClientRequest } from "effect/http"
import { HttpApiClient, HttpApiMiddleware } from "effect/http-api"
import { Api } from "./Api.ts"
import { Authentication } from "./Authentication.ts"

/** Every endpoint as a typed function: `client.metrics.run({ payload })`. Provide `signedInWith` for the token. */
export const client = (options?: { readonly baseUrl?: string | URL }) => HttpApiClient.make(Api, options)

/** Sends the session token with every request. An effect is run for each request, because Clerk's tokens live a minute. */
export const signedInWith = (token: string | Effect.Effect<string>) =>
  HttpApiMiddleware.layerClient(
    Authentication,
    Effect.fnUntraced(function*({ next, request }) {
      const current = typeof token === "string" ? token : yield* token
      return yield* next(HttpClientRequest.bearerToken(request, current))
    })
  )
