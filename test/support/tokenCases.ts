import { constants, createHmac, createSign } from "node:crypto"
import { claims, header, type Json, makeKeyPair, part, seconds, sign, without } from "./Tokens.ts"

export const ours = makeKeyPair()
export const theirs = makeKeyPair()

export const organization = (o: unknown): Json => ({ ...claims(), o })
const old = (org_id: unknown, org_role: unknown): Json => ({ ...without(claims(), "o"), v: 1, org_id, org_role })
export const expiring = (exp: unknown) => sign(ours, { ...claims(), exp })

export const hs256 = () => {
  const content = `${part({ ...header, alg: "HS256" })}.${part(claims())}`
  return `${content}.${createHmac("sha256", ours.publicPem).update(content).digest("base64url")}`
}
const ps256 = () => {
  const content = `${part({ ...header, alg: "PS256" })}.${part(claims())}`
  const signer = createSign("RSA-SHA256").update(content)
  return `${content}.${signer.sign({ key: ours.privatePem, padding: constants.RSA_PKCS1_PSS_PADDING }, "base64url")}`
}
const withoutSignature = () => `${sign(ours, claims()).split(".", 2).join(".")}.`
const lastCharacterChanged = () => {
  const token = sign(ours, claims())
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
  return token.slice(0, -1) + (alphabet[alphabet.indexOf(token.at(-1) ?? "A") ^ 1] ?? "A")
}
const payloadSwapped = () => {
  const [head, , signature] = sign(ours, claims()).split(".")
  return `${head}.${part({ ...claims(), sub: "user_2" })}.${signature}`
}
const padded = (token: string) => token.replaceAll(".", "=.")

export const refused: ReadonlyArray<
  readonly [name: string, token: () => string | undefined, status: number, code: string]
> = [
  ["a request without a token", () => undefined, 401, "unauthenticated"],
  ["an empty token", () => "", 401, "unauthenticated"],
  [
    "a header with two tokens",
    () => `${sign(ours, claims())}, Bearer ${sign(ours, claims())}`,
    401,
    "unauthenticated"
  ],
  [
    "a token with alg none",
    () => `${part({ ...header, alg: "none" })}.${part(claims())}.`,
    401,
    "unauthenticated"
  ],
  ["an HS256 token signed with the public key as its secret", hs256, 401, "unauthenticated"],
  ["a PS256 token", ps256, 401, "unauthenticated"],
  ["a token signed with another key", () => sign(theirs, claims()), 401, "unauthenticated"],
  ["a token without a signature", withoutSignature, 401, "unauthenticated"],
  [
    "a token whose last character is changed but decodes to the same bytes",
    lastCharacterChanged,
    401,
    "unauthenticated"
  ],
  ["a token with another token's signature", payloadSwapped, 401, "unauthenticated"],
  ["a token with base64 padding", () => padded(sign(ours, claims())), 401, "unauthenticated"],
  ["a token that expired six seconds ago", () => expiring(seconds() - 6), 401, "token_expired"],
  ["a token without an expiry", () => expiring(undefined), 401, "unauthenticated"],
  ["a token whose expiry is a word", () => expiring("tomorrow"), 401, "unauthenticated"],
  [
    "a token that becomes valid in a minute",
    () => sign(ours, { ...claims(), nbf: seconds() + 60 }),
    401,
    "unauthenticated"
  ],
  [
    "a token whose nbf is 1e300",
    () => sign(ours, { ...claims(), nbf: 1e300 }),
    401,
    "unauthenticated"
  ],
  [
    "a token that is issued in a minute",
    () => sign(ours, { ...claims(), iat: seconds() + 60 }),
    401,
    "unauthenticated"
  ],
  [
    "a token of another authorized party",
    () => sign(ours, { ...claims(), azp: "https://evil.example" }),
    401,
    "unauthenticated"
  ],
  ["a token without an authorized party", () => sign(ours, without(claims(), "azp")), 401, "unauthenticated"],
  ["a token with an empty authorized party", () => sign(ours, { ...claims(), azp: "" }), 401, "unauthenticated"],
  [
    "a token of another issuer signed with our key",
    () => sign(ours, { ...claims(), iss: "https://other.example" }),
    401,
    "unauthenticated"
  ],
  ["a token without an issuer", () => sign(ours, without(claims(), "iss")), 401, "unauthenticated"],
  ["a token of a pending session", () => sign(ours, { ...claims(), sts: "pending" }), 401, "session_pending"],
  ["a token without an organization", () => sign(ours, without(claims(), "o")), 403, "organization_required"],
  [
    "a token that names one organization in version 1 claims and another in version 2 claims",
    () => sign(ours, { ...old("org_b", "org:admin"), o: { id: "org_a", rol: "admin" } }),
    401,
    "unauthenticated"
  ],
  [
    "a token with the role admin in version 1 claims and member in version 2 claims",
    () => sign(ours, { ...old("org_a", "org:admin"), o: { id: "org_a", rol: "member" } }),
    401,
    "unauthenticated"
  ],
  ["a token with version 1 claims and no role", () => sign(ours, old("org_a", undefined)), 401, "unauthenticated"],
  [
    "a token with a list of roles",
    () => sign(ours, organization({ id: "org_a", rol: ["admin"] })),
    401,
    "unauthenticated"
  ],
  [
    "a token with a critical extension",
    () => sign(ours, claims(), { ...header, crit: ["b64"] }),
    401,
    "unauthenticated"
  ],
  [
    "a token whose key id is a path",
    () => sign(ours, claims(), { ...header, kid: "../../etc/passwd" }),
    401,
    "unauthenticated"
  ],
  [
    "a token whose key id is SQL",
    () => sign(ours, claims(), { ...header, kid: "' or 1=1 --" }),
    401,
    "unauthenticated"
  ],
  ["a token of 17 KB", () => sign(ours, { ...claims(), more: "x".repeat(12_000) }), 401, "unauthenticated"],
  ["a bearer token that is a plain word", () => "hello", 401, "unauthenticated"],
  ["an unknown key", () => "ak_0123456789", 401, "key_invalid"],
  ["a token whose header is not JSON", () => `${Buffer.from("{").toString("base64url")}.e30.AA`, 401, "unauthenticated"]
]

const strange: ReadonlyArray<readonly [string, unknown]> = [
  ["missing", undefined],
  ["null", null],
  ["empty", ""],
  ["a number", 7],
  ["a list", ["org_a"]],
  ["an object", { id: "x" }],
  ["a text with a NUL", "a\u0000"],
  ["a text of 5 KB", "x".repeat(5_000)]
]

export const malformed = strange.flatMap(([what, value]): ReadonlyArray<readonly [string, () => string]> => [
  [`a token whose sub is ${what}`, () => sign(ours, { ...claims(), sub: value })],
  [`a token whose o.id is ${what}`, () => sign(ours, organization({ id: value, rol: "admin" }))],
  [`a token whose o.rol is ${what}`, () => sign(ours, organization({ id: "org_a", rol: value }))],
  [`a token whose org_id is ${what}`, () => sign(ours, old(value, "org:admin"))],
  [`a token whose org_role is ${what}`, () => sign(ours, old("org_a", value))]
])

export const accepted: ReadonlyArray<readonly [name: string, role: string, token: () => string]> = [
  ["a valid token", "member", () => sign(ours, claims())],
  ["a token that expired three seconds ago, within the tolerance", "member", () => expiring(seconds() - 3)],
  ["a token whose exp is 1e20", "member", () => expiring(1e20)],
  ["a token without nbf and iat", "member", () => sign(ours, without(without(claims(), "nbf"), "iat"))],
  ["a token without sts", "member", () => sign(ours, without(claims(), "sts"))],
  ["a token with version 1 claims", "admin", () => sign(ours, old("org_a", "org:admin"))],
  [
    "a token with equal version 1 and version 2 claims",
    "admin",
    () => sign(ours, { ...old("org_a", "org:admin"), o: { id: "org_a", rol: "admin" } })
  ],
  ["a token with the role `admin`", "admin", () => sign(ours, organization({ id: "org_a", rol: "admin" }))],
  [
    "a token with the version 1 role `org:admin` in version 2 claims",
    "member",
    () => sign(ours, organization({ id: "org_a", rol: "org:admin" }))
  ],
  ["a token with the role `Admin`", "member", () => sign(ours, organization({ id: "org_a", rol: "Admin" }))],
  [
    "a token with the role `admin` followed by a space",
    "member",
    () => sign(ours, organization({ id: "org_a", rol: "admin " }))
  ],
  ["a token with the version 2 role `admin` in version 1 claims", "member", () => sign(ours, old("org_a", "admin"))],
  ["a token with the role `org:admin` followed by a space", "member", () => sign(ours, old("org_a", "org:admin "))],
  ["a token with the role `xorg:admin`", "member", () => sign(ours, old("org_a", "xorg:admin"))],
  [
    "a token with jku, jwk and x5u in its header",
    "member",
    () => sign(ours, claims(), { ...header, jku: "http://127.0.0.1:9/", jwk: {}, x5u: "http://127.0.0.1:9/" })
  ]
]
