import { Effect } from "effect"
import { SecureRandom } from "effect/crypto"
import { type CreateKey, defaultKeyDays, KeyId, KeyNotFound } from "../../../domain/ApiKey.ts"
import type { Caller } from "../../../domain/Caller.ts"
import { Admission } from "../../admission/Admission.ts"
import { Roles } from "../Roles.ts"
import type { KeyRows } from "./KeyRow.ts"
import { hashOf, isSecretOf, partsOf, secretBytes, secretText } from "./secret.ts"

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
  return { create, list, revoke, callerOf, roleOf: roles.of }
})
