import { verifyToken } from "@clerk/backend"
import { TokenVerificationError, TokenVerificationErrorReason } from "@clerk/backend/errors"
import { Cache, Clock, Context, Effect, Exit, Layer } from "effect"
import { type NotInOrganization, Unauthenticated } from "../../api/Authentication.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { Unavailable } from "../../domain/Unavailable.ts"
import { identityOf } from "./callerFromClaims.ts"
import { SigningKeys } from "./SigningKeys.ts"
import type { SignInSettings } from "./SignInSettings.ts"
import { clockSkewMillis, peek } from "./unverifiedClaims.ts"

type Refusal = Unauthenticated | NotInOrganization | Unavailable

const mostTokens = 10_000
const longestMillis = 60_000

const expired = () => new Unauthenticated({ code: "token_expired", message: "The session token has expired." })

const refusal = (error: unknown) =>
  error instanceof TokenVerificationError && error.reason === TokenVerificationErrorReason.TokenExpired
    ? expired()
    : new Unauthenticated()

/** Who stands behind a session token. */
export class SignIn extends Context.Service<SignIn, {
  callerOf(token: string): Effect.Effect<Caller, Refusal>
}>()("crm-reports/http/authentication/SignIn") {
  /** Cheap checks come first, so that a bad token costs little; only what Clerk's own check let pass becomes an identity. */
  static readonly layer = ({ audience, authorizedParties, issuer }: SignInSettings) =>
    Layer.effect(
      SignIn,
      Effect.gen(function*() {
        const keys = yield* SigningKeys
        const options = { issuer, authorizedParties: [...authorizedParties], clockSkewInMs: clockSkewMillis }

        const verify = Effect.fnUntraced(function*(token: string) {
          const claimed = peek(token)
          if (claimed === undefined || claimed.issuer !== issuer) return yield* new Unauthenticated()
          const now = yield* Clock.currentTimeMillis
          if (claimed.expiresAt <= now - clockSkewMillis) return yield* expired()
          const jwtKey = yield* keys.pemFor(claimed.kid)
          const payload = yield* Effect.tryPromise({
            try: () => verifyToken(token, { ...options, jwtKey }),
            catch: refusal
          })
          const identity = yield* Effect.fromResult(identityOf(payload, audience))
          return { caller: identity.caller, keepMillis: Math.max(0, Math.min(identity.expiresAt - now, longestMillis)) }
        }, Effect.uninterruptible)

        /** Keyed by the whole token, never beyond its end; a refusal is not kept. */
        const known = yield* Cache.makeWith(verify, {
          capacity: mostTokens,
          timeToLive: (exit) => Exit.isSuccess(exit) ? exit.value.keepMillis : 0
        })
        return { callerOf: (token) => Effect.map(Cache.get(known, token), ({ caller }) => caller) }
      })
    )
}
