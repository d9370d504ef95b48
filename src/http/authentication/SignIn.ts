import { verifyToken } from "@clerk/backend"
import { TokenVerificationError, TokenVerificationErrorReason } from "@clerk/backend/errors"
import { Cache, Clock, Context, Effect, Layer, Option } from "effect"
import { type NotInOrganization, Unauthenticated } from "../../api/Authentication.ts"
import { Config } from "../../Config.ts"
import type { Caller } from "../../domain/Caller.ts"
import { clockSkewMillis } from "../../domain/clocks.ts"
import { sharedCache } from "../../domain/shared.ts"
import type { Unavailable } from "../../domain/Unavailable.ts"
import { callerFromClaims } from "./callerFromClaims.ts"
import { SigningKeys } from "./SigningKeys.ts"
import type { SignInSettings } from "./SignInSettings.ts"
import { type UnverifiedClaims, unverifiedClaims } from "./unverifiedClaims.ts"

type Refusal = Unauthenticated | NotInOrganization | Unavailable

const maxTokens = 10_000
const maxCacheMillis = 60_000
const maxCacheNanos = BigInt(maxCacheMillis) * 1_000_000n
const warningPauseNanos = 60_000_000_000n

const expired = () => new Unauthenticated({ code: "token_expired", message: "The session token has expired." })

interface Verified {
  readonly caller: Caller
  readonly verifiedAt: bigint
  readonly cacheMillis: number
}

const refusal = (error: unknown) =>
  error instanceof TokenVerificationError && error.reason === TokenVerificationErrorReason.TokenExpired
    ? expired()
    : new Unauthenticated()

export class SignIn extends Context.Service<SignIn, {
  callerOf(token: string): Effect.Effect<Caller, Refusal>
}>()("crm-reports/http/authentication/SignIn") {
  static readonly layer = ({ audience, authorizedParties, issuer }: SignInSettings) =>
    Layer.effect(
      SignIn,
      Effect.gen(function*() {
        const keys = yield* SigningKeys
        const options = { issuer, authorizedParties: [...authorizedParties], clockSkewInMs: clockSkewMillis }

        const isDevelopment = Option.contains(yield* Effect.option(Config.mode), "development")

        /** Anybody can send invalid tokens, so production logs them at debug level only. */
        const refuse = <E>(reason: string, error: E) =>
          Effect.logWithLevel(isDevelopment ? "Info" : "Debug")("a session token was refused").pipe(
            Effect.annotateLogs({ reason }),
            Effect.andThen(Effect.fail(error))
          )

        const expects = ({ authorizedParty, issuer: named }: UnverifiedClaims) =>
          named === issuer && authorizedParties.some((party) => party === authorizedParty)

        /** Only a token that Clerk signed is a reason to warn of wrong settings, because anybody can send other tokens. */
        let warnAfter = 0n
        const warnOfSettings = Effect.fnUntraced(function*(token: string, claims: UnverifiedClaims) {
          const now = yield* Clock.monotonicTimeNanos
          if (expects(claims) || now < warnAfter) return
          warnAfter = now + warningPauseNanos
          const jwtKey = yield* keys.pemFor(claims.kid)
          yield* Effect.tryPromise(() => verifyToken(token, { clockSkewInMs: clockSkewMillis, jwtKey }))
          yield* Effect.logWarning(
            "session tokens are refused, because their issuer or authorized party is not as in " +
              "CLERK_ISSUER and CLERK_AUTHORIZED_PARTIES"
          ).pipe(Effect.annotateLogs({
            expectedIssuer: issuer,
            receivedIssuer: claims.issuer,
            expectedParties: authorizedParties.join(", "),
            receivedParty: claims.authorizedParty ?? "none"
          }))
        }, (warning) => Effect.ignore(warning))

        const verify = Effect.fnUntraced(function*(token: string) {
          const claims = unverifiedClaims(token)
          if (claims === undefined) return yield* refuse("it is not a session token", new Unauthenticated())
          yield* warnOfSettings(token, claims)
          if (claims.issuer !== issuer) {
            return yield* refuse("it has another issuer than this service", new Unauthenticated())
          }
          const now = yield* Clock.currentTimeMillis
          if (claims.expiresAt <= now - clockSkewMillis) {
            return yield* refuse("it has expired", expired())
          }
          const jwtKey = yield* keys.pemFor(claims.kid)
          const payload = yield* Effect.tryPromise({
            try: () => verifyToken(token, { ...options, jwtKey }),
            catch: refusal
          }).pipe(Effect.catch((error) => refuse("its signature, time or authorized party is not accepted", error)))
          const identity = yield* Effect.fromResult(callerFromClaims(payload, audience)).pipe(
            Effect.catch((error) => refuse("its claims name no active session in an organization", error))
          )
          return {
            caller: identity.caller,
            verifiedAt: yield* Clock.monotonicTimeNanos,
            cacheMillis: Math.max(0, Math.min(identity.expiresAt - now, maxCacheMillis))
          }
        }, Effect.uninterruptible)

        const callers = yield* sharedCache({
          capacity: maxTokens,
          lookup: verify,
          cacheMillis: ({ cacheMillis }) => cacheMillis,
          fromCaller: Context.empty
        })
        /** The cache measures ages by the wall clock, which can be set back. */
        const isYoung = ({ verifiedAt }: Verified, clock: Clock.Clock) =>
          clock.monotonicTimeNanosUnsafe() - verifiedAt < maxCacheNanos
        const again = (token: string) => Effect.andThen(Cache.invalidate(callers, token), Cache.get(callers, token))
        return {
          callerOf: (token) =>
            Effect.clockWith((clock) =>
              Effect.filterOrElse(Cache.get(callers, token), (found) => isYoung(found, clock), () => again(token))
            ).pipe(Effect.map(({ caller }) => caller))
        }
      })
    )
}
