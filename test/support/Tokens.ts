import { createSign, generateKeyPairSync } from "node:crypto"

export interface KeyPair {
  readonly publicPem: string
  readonly privatePem: string
}

export const makeKeyPair = (): KeyPair => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" }
  })
  return { publicPem: publicKey, privatePem: privateKey }
}

export const issuer = "https://clerk.crm.example"
export const party = "https://app.crm.example"

/** With these settings, the service accepts tokens that are signed with the private key of `publicPem`. */
export const clerkSettings = (publicPem: string) => ({
  CLERK_JWT_KEY: publicPem,
  CLERK_ISSUER: issuer,
  CLERK_AUTHORIZED_PARTIES: party
})

export type Json = Readonly<Record<string, unknown>>

export const seconds = () => Math.floor(Date.now() / 1000)

export const header = { alg: "RS256", typ: "JWT", kid: "ins_1" }

/** These are the claims of a member of org_a, in version 2 of Clerk's format. */
export const claims = (): Json => ({
  v: 2,
  iss: issuer,
  azp: party,
  sub: "user_1",
  sts: "active",
  iat: seconds() - 1,
  nbf: seconds() - 1,
  exp: seconds() + 86_400,
  o: { id: "org_a", rol: "member" }
})

export const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")

export const sign = (key: KeyPair, payload: Json, head: Json = header): string => {
  const content = `${part(head)}.${part(payload)}`
  return `${content}.${createSign("RSA-SHA256").update(content).sign(key.privatePem, "base64url")}`
}

/** Removes a claim by making it `undefined`, which JSON omits. */
export const without = (payload: Json, name: string): Json => ({ ...payload, [name]: undefined })
