import { Effect } from "effect"
import { HttpClientRequest } from "effect/http"
import { HttpApiClient, HttpApiMiddleware } from "effect/http-api"
import { Api } from "./Api.ts"
import { Authentication } from "./Authentication.ts"

/** A call looks like this: `client.metrics.run({ payload })`. */
export const client = (options?: { readonly baseUrl?: string | URL }) => HttpApiClient.make(Api, options)

/** A Clerk token expires after a minute, so `token` can be an effect that returns a new one. */
export const signedInWith = (token: string | Effect.Effect<string>) =>
  HttpApiMiddleware.layerClient(
    Authentication,
    Effect.fnUntraced(function*({ next, request }) {
      const current = typeof token === "string" ? token : yield* token
      return yield* next(HttpClientRequest.bearerToken(request, current))
    })
  )
