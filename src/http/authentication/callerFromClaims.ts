import { Option, Result, Schema } from "effect"
import { NotInOrganization, Unauthenticated } from "../../api/Authentication.ts"
import type { Caller } from "../../domain/Caller.ts"
import { OrgId, UserId } from "../../domain/Ids.ts"
import { Text } from "../../domain/Text.ts"

export const Name = Text({ minimum: 1, maximum: 255 })

const EpochSeconds = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 253_402_300_799 }))

const Claims = Schema.Struct({
  sub: Name,
  exp: Schema.Finite,
  nbf: Schema.optionalKey(EpochSeconds),
  iat: Schema.optionalKey(EpochSeconds),
  sts: Schema.optionalKey(Schema.String),
  aud: Schema.optionalKey(Schema.Union([Schema.String, Schema.Array(Schema.String)])),
  o: Schema.optionalKey(Schema.Struct({ id: Name, rol: Name })),
  org_id: Schema.optionalKey(Name),
  org_role: Schema.optionalKey(Name)
})
type Claims = typeof Claims.Type

interface Identity {
  readonly caller: Caller
  /** `expiresAt` is in epoch milliseconds. */
  readonly expiresAt: number
}

interface Membership {
  readonly id: string
  readonly isAdmin: boolean
}

const decode = Schema.decodeUnknownOption(Claims)

const includesAudience = (aud: Claims["aud"], audience: string): boolean =>
  typeof aud === "string" ? aud === audience : aud?.includes(audience) ?? false

const membershipV2 = ({ o }: Claims): Membership | undefined => o && { id: o.id, isAdmin: o.rol === "admin" }

const membershipV1 = (claims: Claims): Membership | undefined =>
  claims.org_id === undefined || claims.org_role === undefined
    ? undefined
    : { id: claims.org_id, isAdmin: claims.org_role === "org:admin" }

const isIncompleteV1 = (claims: Claims): boolean => (claims.org_id === undefined) !== (claims.org_role === undefined)

const disagree = (a: Membership | undefined, b: Membership | undefined): boolean =>
  a !== undefined && b !== undefined && (a.id !== b.id || a.isAdmin !== b.isAdmin)

/** If a token has claims in both of Clerk's formats, they must agree. */
export const callerFromClaims = (
  payload: unknown,
  audience?: string
): Result.Result<Identity, Unauthenticated | NotInOrganization> => {
  const claims = Option.getOrUndefined(decode(payload))
  if (claims === undefined) return Result.fail(new Unauthenticated())
  if (claims.sts !== undefined && claims.sts !== "active") {
    return Result.fail(new Unauthenticated({ code: "session_pending", message: "Finish signing in first." }))
  }
  if (audience !== undefined && !includesAudience(claims.aud, audience)) return Result.fail(new Unauthenticated())
  const v2 = membershipV2(claims)
  const v1 = membershipV1(claims)
  if (isIncompleteV1(claims) || disagree(v2, v1)) return Result.fail(new Unauthenticated())
  const membership = v2 ?? v1
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
