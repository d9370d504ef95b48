import { Context, Effect, Option, Schema } from "effect"
import { SecureRandom } from "effect/crypto"
import { timingSafeEqual } from "node:crypto"
import { type ApiKey, type CreateKey, defaultKeyDays, KeyId, KeyNotFound, keyPrefix } from "../../../domain/ApiKey.ts"
import type { Caller, Role } from "../../../domain/Caller.ts"
import { OrgId, type UserId } from "../../../domain/Ids.ts"
import { sha256 } from "../../../domain/sha256.ts"
import { isStorable } from "../../../domain/Text.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"
import { Admission } from "../../admission/Admission.ts"

export interface KeyRow extends ApiKey {
  readonly organizationId: OrgId
  readonly hash: string
}

export interface NewKey extends Pick<KeyRow, "organizationId" | "id" | "name" | "scopes" | "createdBy" | "hash"> {
  readonly expiresInDays: number
}

export interface KeyRows {
  /** `insert` also deletes the expired keys of the organization. */
  insert(key: NewKey): Effect.Effect<ApiKey, Unreachable>
  list(organizationId: OrgId, createdBy: UserId | undefined): Effect.Effect<ReadonlyArray<ApiKey>, Unreachable>
  find(organizationId: OrgId, id: KeyId): Effect.Effect<KeyRow | undefined, Unreachable>
  remove(organizationId: OrgId, id: KeyId, createdBy: UserId | undefined): Effect.Effect<boolean, Unreachable>
}

/** The roles of people who use the development sign-in. */
export class Roles extends Context.Service<Roles, {
  of(organizationId: OrgId, userId: UserId): Effect.Effect<Role | undefined>
}>()("crm-reports/services/keys/Roles") {}

const secretBytes = 32

const form = /^ak_([A-Za-z0-9_-]{1,1400})\.([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/

const Parts = Schema.Struct({ organizationId: OrgId.check(Schema.makeFilter(isStorable)), id: KeyId })
const decodeParts = Schema.decodeUnknownOption(Parts)

/** The key's text contains the organization, because every statement must name an organization. */
export const secretText = (organizationId: OrgId, id: KeyId, secret: string): string =>
  `${keyPrefix}${Buffer.from(organizationId).toString("base64url")}.${id}.${secret}`

export const partsOf = (text: string) => {
  const [, encoded = "", id, secret = ""] = form.exec(text) ?? []
  const organizationId = Buffer.from(encoded, "base64url").toString()
  return Option.getOrUndefined(Option.map(decodeParts({ organizationId, id }), (parts) => ({ ...parts, secret })))
}

export const hashOf = (secret: string): string => sha256(secret, "hex")

export const isSecretOf = (secret: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(secret), "hex"), Buffer.from(hash, "hex"))

const ownOf = ({ role, userId }: Caller) => role === "admin" ? undefined : userId

export const ownKeys = Effect.fnUntraced(function*(rows: KeyRows) {
  const random = yield* SecureRandom.SecureRandom
  const roles = yield* Roles
  const { forVisitor } = yield* Admission

  const create = Effect.fnUntraced(
    function*({ organizationId, userId }: Caller, { expiresInDays = defaultKeyDays, name, scopes }: CreateKey) {
      const id = KeyId.make(yield* random.uuidV4())
      const secret = Buffer.from(yield* random.randomBytes(secretBytes)).toString("base64url")
      const key = yield* rows.insert({
        organizationId,
        id,
        name,
        scopes: [...new Set(scopes)],
        createdBy: userId,
        hash: hashOf(secret),
        expiresInDays
      })
      return { ...key, secret: secretText(organizationId, id, secret) }
    }
  )

  const revoke = Effect.fnUntraced(function*(caller: Caller, id: KeyId) {
    const isRemoved = yield* rows.remove(caller.organizationId, id, ownOf(caller))
    if (!isRemoved) return yield* new KeyNotFound()
  })

  const callerOf = Effect.fnUntraced(function*(text: string) {
    const parts = partsOf(text)
    if (parts === undefined) return undefined
    const row = yield* forVisitor(rows.find(parts.organizationId, parts.id))
    if (row === undefined || !isSecretOf(parts.secret, row.hash)) return undefined
    const { createdBy: userId, organizationId, scopes } = row
    const role = yield* roles.of(organizationId, userId)
    return role === undefined ? undefined : { organizationId, userId, role, scopes }
  })

  const list = (caller: Caller) => rows.list(caller.organizationId, ownOf(caller))
  /** No mail server has this address. */
  const addressOf = (organizationId: OrgId, userId: UserId) => Effect.succeed(`${userId}@${organizationId}.invalid`)
  return { create, list, revoke, callerOf, roleOf: roles.of, addressOf }
})
