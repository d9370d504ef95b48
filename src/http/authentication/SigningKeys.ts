import { Clock, Context, Effect, Layer, Option, type Redacted, Schema, Semaphore } from "effect"
import { FetchHttpClient, HttpClient, HttpClientRequest, HttpClientResponse } from "effect/http"
import { createPublicKey } from "node:crypto"
import { Unauthenticated } from "../../api/Authentication.ts"
import { Unavailable } from "../../domain/Unavailable.ts"

const refreshAfterMillis = 5 * 60_000
const pauseMillis = 10_000

const Key = Schema.Struct({ kid: Schema.String, kty: Schema.Literal("RSA"), n: Schema.String, e: Schema.String })
const KeySet = Schema.Struct({ keys: Schema.Array(Schema.Unknown) })
const asKey = Schema.decodeUnknownOption(Key)

const pemOf = ({ e, kty, n }: typeof Key.Type): string =>
  createPublicKey({ key: { kty, n, e }, format: "jwk" }).export({ type: "spki", format: "pem" }).toString()

const pemsOf = (keys: ReadonlyArray<unknown>): ReadonlyMap<string, string> =>
  new Map(keys.flatMap((key) => Option.toArray(asKey(key))).map((key) => [key.kid, pemOf(key)]))

interface KeyServer {
  readonly apiUrl: string
  readonly secretKey: Redacted.Redacted
}

/** The public keys that may have signed a token. */
export class SigningKeys extends Context.Service<SigningKeys, {
  pemFor(kid: string): Effect.Effect<string, Unauthenticated | Unavailable>
}>()("crm-reports/http/authentication/SigningKeys") {
  /** One known key, no network. */
  static readonly layerPem = (pem: string) => Layer.succeed(SigningKeys, { pemFor: () => Effect.succeed(pem) })

  /**
   * Clerk's key set, asked when a key is not known, at most every ten seconds whoever asks, and every five minutes.
   * While Clerk does not answer, the known keys go on.
   */
  static readonly layerRemote = ({ apiUrl, secretKey }: KeyServer) =>
    Layer.effect(
      SigningKeys,
      Effect.gen(function*() {
        const client = (yield* HttpClient.HttpClient).pipe(HttpClient.filterStatusOk)
        const request = HttpClientRequest.get(`${apiUrl}/v1/jwks`).pipe(HttpClientRequest.bearerToken(secretKey))
        const scope = yield* Effect.scope
        const one = yield* Semaphore.make(1)
        let pems: ReadonlyMap<string, string> = new Map()
        let loadedAt = -Infinity
        let triedAt = -Infinity

        const load = Effect.gen(function*() {
          const { keys } = yield* client.execute(request).pipe(
            Effect.flatMap(HttpClientResponse.schemaBodyJson(KeySet))
          )
          pems = yield* Effect.try(() => pemsOf(keys))
          loadedAt = triedAt
        }).pipe(
          Effect.scoped,
          Effect.timeout("3 seconds"),
          Effect.catch((error) =>
            Effect.logWarning("Clerk's signing keys could not be loaded").pipe(
              Effect.annotateLogs({ reason: error._tag })
            )
          )
        )

        const refresh = one.withPermit(Effect.gen(function*() {
          const now = yield* Clock.currentTimeMillis
          if (Math.abs(now - triedAt) < pauseMillis) return
          triedAt = now
          yield* load
        }))

        return {
          pemFor: Effect.fnUntraced(function*(kid) {
            const now = yield* Clock.currentTimeMillis
            const known = pems.get(kid)
            const isOld = now - Math.max(loadedAt + refreshAfterMillis, triedAt + pauseMillis) >= 0
            if (known !== undefined && isOld) yield* Effect.forkIn(refresh, scope)
            if (known !== undefined) return known
            yield* refresh
            const pem = pems.get(kid)
            if (pem !== undefined) return pem
            return yield* loadedAt === triedAt ? new Unauthenticated() : new Unavailable()
          })
        }
      })
    ).pipe(Layer.provide(FetchHttpClient.layer))
}
