import { Clock, Context, Effect, Layer, Semaphore } from "effect"
import { FetchHttpClient, HttpClient } from "effect/http"
import { Unauthenticated } from "../../api/Authentication.ts"
import { Unavailable } from "../../domain/Unavailable.ts"
import type { ClerkAccess } from "../../services/keys/clerk/clerkApi.ts"
import { untracedClient } from "../../telemetry/untracedClient.ts"
import { keySetIn, keySetRequest } from "./clerkKeySet.ts"

const refreshAfterMillis = 5 * 60_000
const pauseMillis = 10_000

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
        const semaphore = yield* Semaphore.make(1)
        let pems: ReadonlyMap<string, string> = new Map()
        let loadedAt = -Infinity
        let triedAt = -Infinity

        const load = Effect.gen(function*() {
          pems = yield* Effect.flatMap(client.execute(keySetRequest(access)), keySetIn)
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

        const refresh = semaphore.withPermit(Effect.gen(function*() {
          const now = yield* monotonicMillis
          if (now - triedAt < pauseMillis) return
          triedAt = now
          yield* load
        }))

        return {
          pemFor: Effect.fnUntraced(function*(kid) {
            const now = yield* monotonicMillis
            const known = pems.get(kid)
            const isOld = now >= Math.max(loadedAt + refreshAfterMillis, triedAt + pauseMillis)
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
