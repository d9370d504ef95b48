import { createSign, generateKeyPairSync } from "node:crypto"
import type { Role } from "../domain/Caller.ts"
import type { SignInSettings } from "../http/authentication/SignInSettings.ts"

/** Who a test token says that its bearer is. */
export interface TestPerson {
  readonly organizationId: string
  readonly userId: string
  /** `member`, where left out. */
  readonly role?: Role
}

const issuer = "https://test-sign-in.invalid"
const farAway = Date.UTC(2200, 0) / 1000

/** One a process: what it signs is worth nothing anywhere else. */
const key = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" }
})

/** What the service in memory holds test tokens against. */
export const testSignIn: SignInSettings = { issuer, authorizedParties: [issuer], key: { pem: key.publicKey } }

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")

/** A session token of Clerk's form, signed, that the service in memory accepts at any time of a test's clock. */
export const signTestToken = ({ organizationId, role = "member", userId }: TestPerson): string => {
  const header = { alg: "RS256", typ: "JWT", kid: "test" }
  const claims = {
    v: 2,
    iss: issuer,
    azp: issuer,
    sub: userId,
    sts: "active",
    iat: 0,
    nbf: 0,
    exp: farAway,
    o: { id: organizationId, rol: role }
  }
  const content = `${part(header)}.${part(claims)}`
  return `${content}.${createSign("RSA-SHA256").update(content).sign(key.privateKey, "base64url")}`
}
