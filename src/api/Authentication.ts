import { Context, type Effect } from "effect"
import { HttpApiMiddleware, HttpApiSecurity, OpenApi } from "effect/http-api"
import type { KeyScope } from "../domain/ApiKey.ts"
import type { Caller, CurrentCaller } from "../domain/Caller.ts"
import { Failure } from "../domain/Failure.ts"
import { Unavailable } from "../domain/Unavailable.ts"

/** A key needs this key scope to call the endpoint. With `session`, keys are refused. */
export const RequiredScope = Context.Reference<KeyScope | "session">("crm-reports/api/RequiredScope", {
  defaultValue: () => "session"
})

export class Unauthenticated extends Failure<Unauthenticated>()("Unauthenticated", {
  status: 401,
  code: "unauthenticated",
  otherCodes: ["token_expired", "session_pending", "key_invalid"],
  message: "Send a valid session token or key: `Authorization: Bearer <token>`."
}) {}

export class NotInOrganization extends Failure<NotInOrganization>()("NotInOrganization", {
  status: 403,
  code: "organization_required",
  otherCodes: ["organization_mismatch"],
  message: "The session has no active organization. Select an organization and get a new token."
}) {}

/** The code `session_required` means that no key may call this endpoint. */
export class NotForKey extends Failure<NotForKey>()("NotForKey", {
  status: 403,
  code: "scope_required",
  otherCodes: ["session_required"],
  message: "The key does not have the scope of this operation."
}) {}

export const bearer = HttpApiSecurity.http({ scheme: "bearer" }).pipe(
  HttpApiSecurity.annotateMerge(OpenApi.annotations({
    description: "A Clerk session token (a JWT) with an active organization, or a key, which starts with `ak_`."
  }))
)

export class Credential extends Context.Service<Credential, {
  /** Checks again whether the session token or the key is accepted. */
  readonly check: Effect.Effect<Caller, Unauthenticated | NotInOrganization | NotForKey | Unavailable>
  /** Gives epoch milliseconds, or undefined for a key. */
  readonly expiresAt: () => number | undefined
}>()("crm-reports/api/Credential") {}

export class Authentication
  extends HttpApiMiddleware.Service<Authentication, { provides: CurrentCaller | Credential }>()(
    "crm-reports/api/Authentication",
    {
      security: { bearer },
      error: [Unauthenticated, NotInOrganization, NotForKey, Unavailable],
      requiredForClient: true
    }
  )
{}
