import { Effect } from "effect"
import { HttpClientRequest } from "effect/http"
import { HttpApiClient, HttpApiMiddleware } from "effect/http-api"
import { Api } from "./Api.ts"
import { Authentication } from "./Authentication.ts"

/** Calls an endpoint like `client.metrics.run({ payload })`. `signedInWith` provides the token. */
export const client = (options?: { readonly baseUrl?: string | URL }) => HttpApiClient.make(Api, options)

/** Clerk's tokens live for a minute, so an effect may return a new one for each request. */
export const signedInWith = (token: string | Effect.Effect<string>) =>
  HttpApiMiddleware.layerClient(
    Authentication,
    Effect.fnUntraced(function*({ next, request }) {
      const current = typeof token === "string" ? token : yield* token
      return yield* next(HttpClientRequest.bearerToken(request, current))
    })
  )
