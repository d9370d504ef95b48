import { createSign, generateKeyPairSync } from "node:crypto"
import type { Role } from "../domain/Caller.ts"
import type { SignInSettings } from "../http/authentication/SignInSettings.ts"

export interface TestPerson {
  readonly organizationId: string
  readonly userId: string
  readonly role?: Role
}

const issuer = "https://test-sign-in.invalid"
const expiresAt = Date.UTC(2200, 0) / 1000

/** Each process has its own key, so no other service accepts these tokens. */
const key = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" }
})

export const testSignIn: SignInSettings = { issuer, authorizedParties: [issuer], key: { pem: key.publicKey } }

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")

/** The token has the form of Clerk's tokens, and is valid at any time that a test sets. */
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
    exp: expiresAt,
    o: { id: organizationId, rol: role }
  }
  const content = `${part(header)}.${part(claims)}`
  return `${content}.${createSign("RSA-SHA256").update(content).sign(key.privateKey, "base64url")}`
}
