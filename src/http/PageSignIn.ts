import { Effect, Layer, Option, Schema } from "effect"
import { HttpRouter, HttpServerRequest, HttpServerResponse } from "effect/http"
import { NotLocal } from "../api/RequestFailures.ts"
import { Role } from "../domain/Caller.ts"
import { OrgId, UserId } from "../domain/Ids.ts"
import { InvalidRequest } from "../domain/InvalidRequest.ts"
import { Name } from "./authentication/callerFromClaims.ts"
import { DevelopmentPeople, DevelopmentSignIn } from "./authentication/DevelopmentSignIn.ts"
import { type SignInSettings, signInSettings } from "./authentication/SignInSettings.ts"
import { failureResponse } from "./middleware/errors.ts"
import { bodyFault } from "./middleware/requestGuard.ts"

export const signInPath = "/app/sign-in"

const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/
const loopbackHost = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/

const proxyHeader =
  /^(forwarded|via|proxy-.*|x-forwarded.*|x-real-ip|x-(cluster-)?client-ip|x-original-.*|x-envoy-.*|x-proxy.*|x-amzn-.*|x-cloud-.*|cf-.*|cdn-.*|true-client-ip|fastly-.*|fly-.*|x-azure-.*|x-arr-.*|x-appengine-.*|x-vercel-.*)$/

/**
 * The `Host` check prevents DNS rebinding. The `Origin` check refuses requests from other web pages. A request with a
 * header of a proxy may come from another machine.
 */
const isLocal = ({ headers, remoteAddress }: HttpServerRequest.HttpServerRequest): boolean => {
  const { host = "", origin } = headers
  return Option.exists(remoteAddress, (address) => loopbackAddress.test(address)) &&
    loopbackHost.test(host) && (origin === undefined || origin === `http://${host}`) &&
    !Object.keys(headers).some((name) => proxyHeader.test(name))
}

const Person = Schema.Struct({ organizationId: Name, userId: Name, role: Role })
const decodePerson = Schema.decodeUnknownEffect(Schema.fromJsonString(Person))

const invalid = () => InvalidRequest.because("Send { organizationId, userId, role } as JSON.")

const localRequest = Effect.filterOrFail(HttpServerRequest.HttpServerRequest, isLocal, () => new NotLocal())

const person = Effect.gen(function*() {
  const request = yield* localRequest
  const body = yield* Effect.mapError(request.text, invalid)
  if (bodyFault(new TextEncoder().encode(body)) !== undefined) return yield* invalid()
  const { organizationId, role, userId } = yield* Effect.mapError(decodePerson(body), invalid)
  return { organizationId: OrgId.make(organizationId), role, userId: UserId.make(userId) }
})

const development = HttpRouter.use(Effect.fnUntraced(function*(router) {
  const { tokenFor } = yield* DevelopmentSignIn
  const organizations = yield* DevelopmentPeople
  const people = HttpServerResponse.jsonUnsafe({ kind: "development", organizations })
  yield* router.add("GET", signInPath, Effect.as(localRequest, people).pipe(Effect.catch(failureResponse)))
  yield* router.add(
    "POST",
    signInPath,
    Effect.flatMap(person, tokenFor).pipe(
      Effect.map((token) => HttpServerResponse.jsonUnsafe({ token })),
      Effect.catch(failureResponse)
    )
  )
})).pipe(Layer.provide(DevelopmentSignIn.layer))

const clerk = ({ page }: SignInSettings) =>
  HttpRouter.use((router) =>
    router.add(
      "GET",
      signInPath,
      HttpServerResponse.jsonUnsafe({ kind: "clerk", publishableKey: page?.publishableKey ?? null })
    )
  )

export const PageSignIn = Layer.unwrap(
  Effect.map(signInSettings, Option.match({ onNone: () => development, onSome: clerk }))
)
