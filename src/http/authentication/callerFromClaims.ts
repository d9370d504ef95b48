import { Option, Result, Schema } from "effect"
import { NotInOrganization, Unauthenticated } from "../../api/Authentication.ts"
import type { Caller } from "../../domain/Caller.ts"
import { OrgId, UserId } from "../../domain/Ids.ts"
import { Text } from "../../domain/Text.ts"

/** Of an organization or a person, as a token says it. */
export const Name = Text({ minimum: 1, maximum: 255 })

/** Seconds since 1970, in years of four digits: of others nobody can tell whether they are over. */
const Moment = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 253_402_300_799 }))

const Claims = Schema.Struct({
  sub: Name,
  exp: Schema.Finite,
  nbf: Schema.optionalKey(Moment),
  iat: Schema.optionalKey(Moment),
  sts: Schema.optionalKey(Schema.String),
  aud: Schema.optionalKey(Schema.Union([Schema.String, Schema.Array(Schema.String)])),
  o: Schema.optionalKey(Schema.Struct({ id: Name, rol: Name })),
  org_id: Schema.optionalKey(Name),
  org_role: Schema.optionalKey(Name)
})
type Claims = typeof Claims.Type

interface Identity {
  readonly caller: Caller
  /** Until when the token stands, in milliseconds since 1970. */
  readonly expiresAt: number
}

interface Membership {
  readonly id: string
  readonly isAdmin: boolean
}

const decode = Schema.decodeUnknownOption(Claims)

const bears = (aud: Claims["aud"], audience: string): boolean =>
  typeof aud === "string" ? aud === audience : aud?.includes(audience) ?? false

const newForm = ({ o }: Claims): Membership | undefined => o && { id: o.id, isAdmin: o.rol === "admin" }

const oldForm = (claims: Claims): Membership | undefined =>
  claims.org_id === undefined || claims.org_role === undefined
    ? undefined
    : { id: claims.org_id, isAdmin: claims.org_role === "org:admin" }

const isHalf = (claims: Claims): boolean => (claims.org_id === undefined) !== (claims.org_role === undefined)

const disagree = (a: Membership | undefined, b: Membership | undefined): boolean =>
  a !== undefined && b !== undefined && (a.id !== b.id || a.isAdmin !== b.isAdmin)

/**
 * The one place where verified claims become a caller. Both of Clerk's claim forms are read; where both are
 * present they must agree. A claim that is missing or of another kind never counts in the caller's favour.
 */
export const identityOf = (
  payload: unknown,
  audience?: string
): Result.Result<Identity, Unauthenticated | NotInOrganization> => {
  const claims = Option.getOrUndefined(decode(payload))
  if (claims === undefined) return Result.fail(new Unauthenticated())
  if (claims.sts !== undefined && claims.sts !== "active") {
    return Result.fail(new Unauthenticated({ code: "session_pending", message: "Finish signing in first." }))
  }
  if (audience !== undefined && !bears(claims.aud, audience)) return Result.fail(new Unauthenticated())
  const now = newForm(claims)
  const before = oldForm(claims)
  if (isHalf(claims) || disagree(now, before)) return Result.fail(new Unauthenticated())
  const membership = now ?? before
  if (membership === undefined) return Result.fail(new NotInOrganization())
  return Result.succeed({
    caller: {
      organizationId: OrgId.make(membership.id),
      userId: UserId.make(claims.sub),
      role: membership.isAdmin ? "admin" : "member"
    },
    expiresAt: claims.exp * 1000
  })
}
