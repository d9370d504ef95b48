import { Clock, Context, Effect, Exit, Layer, Option, Schema } from "effect"
import { FetchHttpClient, HttpClient, HttpClientRequest, HttpClientResponse } from "effect/http"
import { createPublicKey } from "node:crypto"
import { Unauthenticated } from "../../api/Authentication.ts"
import { sharedOnce } from "../../domain/shared.ts"
import { Unavailable } from "../../domain/Unavailable.ts"
import type { ClerkAccess } from "../../services/keys/clerk/clerkApi.ts"
import { untracedClient } from "../../telemetry/untracedClient.ts"

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

const refreshAfterMillis = 5 * 60_000
/** After an answer of Clerk, invented key ids cause no other request for this time. */
const pauseMillis = 10_000
const failurePauseMillis = 1_000

const monotonicMillis = Effect.map(Clock.monotonicTimeNanos, (nanos) => Number(nanos / 1_000_000n))

export class SigningKeys extends Context.Service<SigningKeys, {
  pemFor(kid: string): Effect.Effect<string, Unauthenticated | Unavailable>
}>()("crm-reports/http/authentication/SigningKeys") {
  static readonly layerPem = (pem: string) => Layer.succeed(SigningKeys, { pemFor: () => Effect.succeed(pem) })

  /** The keys are loaded again after 5 minutes, and when a token names an unknown key id. */
  static readonly layerRemote = (access: ClerkAccess) =>
    Layer.effect(
      SigningKeys,
      Effect.gen(function*() {
        const client = (yield* untracedClient).pipe(HttpClient.filterStatusOk)
        const scope = yield* Effect.scope
        let pems: ReadonlyMap<string, string> = new Map()
        let hasAnswered = false
        let oldFrom = -Infinity
        let pauseUntil = -Infinity

        const load = Effect.flatMap(client.execute(keySetRequest(access)), keySetIn).pipe(
          Effect.scoped,
          Effect.timeout("3 seconds"),
          Effect.tapError((error) =>
            Effect.logWarning("Clerk's signing keys could not be loaded").pipe(
              Effect.annotateLogs({ reason: error._tag })
            )
          )
        )

        const refresh = yield* sharedOnce(
          Effect.gen(function*() {
            if ((yield* monotonicMillis) < pauseUntil) return
            pauseUntil = Infinity
            const loaded = yield* Effect.exit(load)
            const now = yield* monotonicMillis
            hasAnswered = Exit.isSuccess(loaded)
            pauseUntil = now + (hasAnswered ? pauseMillis : failurePauseMillis)
            if (Exit.isFailure(loaded)) return
            pems = loaded.value
            oldFrom = now + refreshAfterMillis
          }),
          0
        )

        return {
          pemFor: Effect.fnUntraced(function*(kid) {
            const now = yield* monotonicMillis
            const known = pems.get(kid)
            const isOld = now >= Math.max(oldFrom, pauseUntil)
            if (known !== undefined && isOld) yield* Effect.forkIn(refresh, scope)
            if (known !== undefined) return known
            yield* refresh
            const pem = pems.get(kid)
            if (pem !== undefined) return pem
            return yield* hasAnswered ? new Unauthenticated() : new Unavailable()
          })
        }
      })
    ).pipe(Layer.provide(FetchHttpClient.layer))
}
