import { Effect, Layer, Redacted } from "effect"
import { HttpServerRequest } from "effect/http"
import { Authentication, NotInOrganization, Unauthenticated } from "../api/Authentication.ts"
import { type Caller, CurrentCaller } from "../domain/Caller.ts"
import { SignIn } from "./authentication/SignIn.ts"

const checkOrganization = (caller: Caller) =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ headers }) => {
    const named = headers["x-organization-id"]
    if (named === undefined || named === caller.organizationId) return Effect.succeed(caller)
    return Effect.fail(
      new NotInOrganization({
        code: "organization_mismatch",
        message: "The header x-organization-id names another organization than the session."
      })
    )
  })

export const AuthenticationLayer = Layer.effect(
  Authentication,
  Effect.gen(function*() {
    const signIn = yield* SignIn
    const callerOf = (token: string) =>
      token === "" ? Effect.fail(new Unauthenticated()) : Effect.flatMap(signIn.callerOf(token), checkOrganization)
    return {
      bearer: (handler, { credential }) =>
        Effect.flatMap(
          callerOf(Redacted.value(credential)),
          (caller) => Effect.provideService(handler, CurrentCaller, caller)
        )
    }
  })
)
