import { Option, Schema } from "effect"
import { timingSafeEqual } from "node:crypto"
import { KeyId, keyPrefix } from "../../../domain/ApiKey.ts"
import { OrgId } from "../../../domain/Ids.ts"
import { sha256 } from "../../../domain/sha256.ts"
import { isStorable } from "../../../domain/Text.ts"

export const secretBytes = 32

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
