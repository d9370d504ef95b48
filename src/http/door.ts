import { Context, Effect, Layer, Option, Redacted } from "effect"
import { HttpServerRequest } from "effect/http"
import type { HttpApiEndpoint } from "effect/http-api"
import { IncomingMessage } from "node:http"
import {
  Authentication,
  Credential,
  NotForKey,
  NotInOrganization,
  RequiredScope,
  Unauthenticated
} from "../api/Authentication.ts"
import { CountsAs, OfferedFormats, OffersEvents, RateLimit } from "../api/middleware.ts"
import { keyPrefix } from "../domain/ApiKey.ts"
import { type Caller, CurrentCaller, hasScope } from "../domain/Caller.ts"
import { clockSkewMillis } from "../domain/clocks.ts"
import { Unavailable } from "../domain/Unavailable.ts"
import { Admission, type Kind, Visitor } from "../services/admission/Admission.ts"
import { ApiKeys } from "../services/keys/ApiKeys.ts"
import { noteCaller, noteLimit, RequestFacts } from "../telemetry/requestFacts.ts"
import { SignIn } from "./authentication/SignIn.ts"
import { unverifiedClaims } from "./authentication/unverifiedClaims.ts"
import { formatIn, prefersEventsIn } from "./negotiation.ts"

type Request = HttpServerRequest.HttpServerRequest

const isOfOrganization = (
  { organizationId }: Caller,
  { headers: { "x-organization-id": named } }: Request
): boolean => named === undefined || named === organizationId

const otherOrganization = () =>
  new NotInOrganization({
    code: "organization_mismatch",
    message: "The header x-organization-id names another organization than the session."
  })

const sessionRequired = () =>
  new NotForKey({
    code: "session_required",
    message: "This operation needs a session token: keys are managed by people."
  })

const scopeRequired = (scope: string) => new NotForKey({ message: `The key does not have the scope ${scope}.` })

const checkScope = ({ annotations }: HttpApiEndpoint.Top) => (caller: Caller) => {
  const scope = Context.get(annotations, RequiredScope)
  if (hasScope(caller, scope)) return Effect.succeed(caller)
  return Effect.fail(scope === "session" ? sessionRequired() : scopeRequired(scope))
}

const keyInvalid = () =>
  new Unauthenticated({ code: "key_invalid", message: "The key is unknown, revoked or expired." })

/** Keys that nobody knows yet wait in a turn for each connection, and are limited for each address. */
export const visitorOf = ({ remoteAddress, source }: Pick<Request, "remoteAddress" | "source">) => {
  const owner = Option.getOrElse(remoteAddress, () => "")
  const port = source instanceof IncomingMessage ? source.socket.remotePort : undefined
  return { owner, key: `${owner} ${port ?? ""}` }
}

export const authenticate = Effect.gen(function*() {
  const signIn = yield* SignIn
  const keys = yield* ApiKeys

  const callerOfKey = (secret: string, request: Request) =>
    keys.callerOf(secret).pipe(
      Effect.provideService(Visitor, visitorOf(request)),
      Effect.catchTag("TimedOut", () => Effect.fail(new Unavailable())),
      Effect.flatMap((caller) => caller === undefined ? Effect.fail(keyInvalid()) : Effect.succeed(caller))
    )
  return (token: string, request: Request) => {
    if (token === "") return Effect.fail(new Unauthenticated())
    const caller = token.startsWith(keyPrefix) ? callerOfKey(token, request) : signIn.callerOf(token)
    return Effect.flatMap(caller, (caller) => {
      if (!isOfOrganization(caller, request)) return Effect.fail(otherOrganization())
      return Effect.as(noteCaller(caller), caller)
    })
  }
})

/** A session token is accepted for some seconds after it expires, because clocks differ. */
const endOf = (token: string): number | undefined => {
  const expiresAt = unverifiedClaims(token)?.expiresAt
  return expiresAt === undefined ? undefined : expiresAt + clockSkewMillis
}

export const AuthenticationLayer = Layer.effect(
  Authentication,
  Effect.map(authenticate, (callerOf) => ({
    bearer: (handler, { credential, endpoint }) =>
      Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
        const token = Redacted.value(credential)
        const check = Effect.tapError(Effect.flatMap(callerOf(token, request), checkScope(endpoint)), noteLimit)
        const expiresAt = () => endOf(token)
        return Effect.flatMap(check, (caller) =>
          handler.pipe(
            Effect.provideService(CurrentCaller, caller),
            Effect.provideService(Credential, { check, expiresAt })
          ))
      })
  }))
)

export const door = Effect.map(
  Admission,
  ({ admit }) => (caller: Caller, kind: Kind) => <A, E, R>(work: Effect.Effect<A, E, R>) =>
    Effect.flatMap(Effect.service(RequestFacts), (facts) =>
      work.pipe(
        admit(caller, kind, ({ rates }) => {
          if (facts !== undefined && rates.length > 0) facts.rates = rates
        }),
        Effect.tapError(noteLimit)
      ))
)

/** `Accept` changes what a request counts as only if the endpoint offers events or formats. */
export const kindOf = ({ annotations }: Pick<HttpApiEndpoint.Top, "annotations">, accept: string | undefined): Kind => {
  const kind = Context.get(annotations, CountsAs)
  const formats = Context.get(annotations, OfferedFormats)
  if (Context.get(annotations, OffersEvents) && prefersEventsIn(accept, formats)) return "streams"
  return formatIn(accept, formats) === undefined ? kind : "files"
}

/** The door comes before `RequestGuard`, so the body of a request that is refused or waits is not read. */
export const DoorLayer = Layer.effect(
  RateLimit,
  Effect.map(
    door,
    (admitted) => (handler, { endpoint }) =>
      Effect.flatMap(
        CurrentCaller,
        (caller) =>
          Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
            handler.pipe(
              admitted(caller, kindOf(endpoint, request.headers["accept"]))
            ))
      )
  )
)
