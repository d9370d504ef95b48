import { Effect, Option, Schema } from "effect"
import { HttpClientRequest, HttpClientResponse } from "effect/http"
import { createPublicKey } from "node:crypto"
import type { ClerkAccess } from "../../services/keys/clerk/clerkApi.ts"

const Key = Schema.Struct({ kid: Schema.String, kty: Schema.Literal("RSA"), n: Schema.String, e: Schema.String })
const KeySet = Schema.Struct({ keys: Schema.Array(Schema.Unknown) })
const asKey = Schema.decodeUnknownOption(Key)

const pemOf = ({ e, kty, n }: typeof Key.Type): string =>
  createPublicKey({ key: { kty, n, e }, format: "jwk" }).export({ type: "spki", format: "pem" }).toString()

const pemsOf = (keys: ReadonlyArray<unknown>): ReadonlyMap<string, string> =>
  new Map(keys.flatMap((key) => Option.toArray(asKey(key))).map((key) => [key.kid, pemOf(key)]))

export const keySetRequest = ({ apiUrl, secretKey }: ClerkAccess) =>
  HttpClientRequest.get(`${apiUrl}/v1/jwks`).pipe(HttpClientRequest.bearerToken(secretKey))

export const keySetIn = (response: HttpClientResponse.HttpClientResponse) =>
  HttpClientResponse.schemaBodyJson(KeySet)(response).pipe(
    Effect.flatMap(({ keys }) => Effect.try(() => pemsOf(keys)))
  )
