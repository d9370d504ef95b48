import { DateTime, Schema } from "effect"
import { type ApiKey, KeyId, KeyScope } from "../../../domain/ApiKey.ts"
import { OrgId, UserId } from "../../../domain/Ids.ts"

const isScope = Schema.is(KeyScope)

export const ClerkKey = Schema.Struct({
  id: KeyId,
  name: Schema.String,
  subject: OrgId,
  scopes: Schema.Array(Schema.String),
  created_by: Schema.NullOr(UserId),
  revoked: Schema.Boolean,
  expired: Schema.Boolean,
  expiration: Schema.NullOr(Schema.Finite),
  created_at: Schema.Finite
})
export type ClerkKey = typeof ClerkKey.Type

export const CreatedClerkKey = Schema.Struct({ ...ClerkKey.fields, secret: Schema.String })

export const ClerkKeys = Schema.Struct({ data: Schema.Array(ClerkKey) })

export const Memberships = Schema.Struct({
  data: Schema.Array(Schema.Struct({
    role: Schema.String,
    organization: Schema.Struct({ id: Schema.String }),
    public_user_data: Schema.Struct({ user_id: Schema.String })
  }))
})

export const ClerkUser = Schema.Struct({
  primary_email_address_id: Schema.NullOr(Schema.String),
  email_addresses: Schema.Array(Schema.Struct({
    id: Schema.String,
    email_address: Schema.String,
    verification: Schema.NullOr(Schema.Struct({ status: Schema.NullOr(Schema.String) }))
  }))
})

const scopesOf = ({ scopes }: ClerkKey): ReadonlyArray<KeyScope> => scopes.filter(isScope)

export const isValidAt = (now: number) => ({ expiration, expired, revoked }: ClerkKey): boolean =>
  !revoked && !expired && (expiration === null || expiration > now)

export const keyOf = (key: ClerkKey): ApiKey | undefined =>
  key.created_by === null ? undefined : {
    id: key.id,
    name: key.name,
    scopes: scopesOf(key),
    createdBy: key.created_by,
    createdAt: DateTime.makeUnsafe(key.created_at),
    expiresAt: key.expiration === null ? null : DateTime.makeUnsafe(key.expiration)
  }
