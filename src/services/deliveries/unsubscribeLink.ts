import { Option, Schema } from "effect"
import { createHmac, timingSafeEqual } from "node:crypto"
import type { Addressee } from "../../domain/Delivery.ts"
import { OrgId, SubscriptionId, UserId } from "../../domain/Ids.ts"
import { isStorable } from "../../domain/Text.ts"

export const unsubscribePath = "/unsubscribe/:organizationId/:subscriptionId/:userId/:signature"

const storable = Schema.makeFilter(isStorable)

const decodeAddressee = Schema.decodeUnknownOption(Schema.Struct({
  organizationId: OrgId.check(storable),
  subscriptionId: SubscriptionId,
  userId: UserId.check(storable)
}))

const signatureOf = (key: string, { organizationId, subscriptionId, userId }: Addressee): Buffer =>
  createHmac("sha256", Buffer.from(key, "base64url"))
    .update(JSON.stringify(["unsubscribe", organizationId, subscriptionId, userId])).digest()

const encoded = (text: string) => Buffer.from(text).toString("base64url")
const decoded = (text = "") => Buffer.from(text, "base64url").toString()

/** The key belongs to the subscription, so its links end with it. */
export const unsubscribeLink = (base: string, key: string, addressee: Addressee): string =>
  [
    `${base}/unsubscribe`,
    encoded(addressee.organizationId),
    addressee.subscriptionId,
    encoded(addressee.userId),
    signatureOf(key, addressee).toString("base64url")
  ].join("/")

export const addresseeOf = (
  { organizationId, subscriptionId, userId }: Readonly<Record<string, string | undefined>>
): Addressee | undefined =>
  Option.getOrUndefined(
    decodeAddressee({ organizationId: decoded(organizationId), subscriptionId, userId: decoded(userId) })
  )

export const isSigned = (key: string, addressee: Addressee, signature = ""): boolean => {
  const [given, right] = [Buffer.from(signature, "base64url"), signatureOf(key, addressee)]
  return given.length === right.length && timingSafeEqual(given, right)
}
