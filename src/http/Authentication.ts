import { Effect, Layer, Redacted } from "effect"
import { HttpServerRequest } from "effect/http"
import { Authentication, NotInOrganization, Unauthenticated } from "../api/Authentication.ts"
import { CurrentCaller } from "../domain/Caller.ts"
import { SignIn } from "./authentication/SignIn.ts"

export const AuthenticationLayer = Layer.effect(
  Authentication,
  Effect.gen(function*() {
    const signIn = yield* SignIn
    return Authentication.of({
      bearer: Effect.fnUntraced(function*(handler, { credential }) {
        const token = Redacted.value(credential)
        if (token === "") return yield* new Unauthenticated()
        const caller = yield* signIn.callerOf(token)
        const { headers } = yield* HttpServerRequest.HttpServerRequest
        const named = headers["x-organization-id"]
        if (named !== undefined && named !== caller.organizationId) {
          return yield* new NotInOrganization({
            code: "organization_mismatch",
            message: "The header x-organization-id names another organization than the session."
          })
        }
        return yield* Effect.provideService(handler, CurrentCaller, caller)
      })
    })
  })
)
