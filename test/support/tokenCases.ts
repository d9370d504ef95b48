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
  ["A-01 no token", () => undefined, 401, "unauthenticated"],
  ["A-01 an empty token", () => "", 401, "unauthenticated"],
  [
    "A-01 two tokens in one header",
    () => `${sign(ours, claims())}, Bearer ${sign(ours, claims())}`,
    401,
    "unauthenticated"
  ],
  ["A-02 alg none", () => `${part({ ...header, alg: "none" })}.${part(claims())}.`, 401, "unauthenticated"],
  ["A-03 HS256 with the public key as its secret", hs256, 401, "unauthenticated"],
  ["A-03 PS256", ps256, 401, "unauthenticated"],
  ["A-04 another key", () => sign(theirs, claims()), 401, "unauthenticated"],
  ["A-04 no signature", withoutSignature, 401, "unauthenticated"],
  ["A-04 a changed last character, though it decodes to the same bytes", lastCharacterChanged, 401, "unauthenticated"],
  ["A-04 a swapped payload", payloadSwapped, 401, "unauthenticated"],
  ["A-04 padding, a second spelling of the same token", () => padded(sign(ours, claims())), 401, "unauthenticated"],
  ["A-05 expired six seconds ago", () => expiring(seconds() - 6), 401, "token_expired"],
  ["A-05 no expiry", () => expiring(undefined), 401, "unauthenticated"],
  ["A-05 an expiry in words", () => expiring("tomorrow"), 401, "unauthenticated"],
  [
    "A-06 not valid before a minute from now",
    () => sign(ours, { ...claims(), nbf: seconds() + 60 }),
    401,
    "unauthenticated"
  ],
  [
    "A-06 not valid before a moment that no calendar has",
    () => sign(ours, { ...claims(), nbf: 1e300 }),
    401,
    "unauthenticated"
  ],
  ["A-06 issued a minute from now", () => sign(ours, { ...claims(), iat: seconds() + 60 }), 401, "unauthenticated"],
  ["A-07 another party", () => sign(ours, { ...claims(), azp: "https://evil.example" }), 401, "unauthenticated"],
  ["A-07 no party", () => sign(ours, without(claims(), "azp")), 401, "unauthenticated"],
  ["A-07 an empty party", () => sign(ours, { ...claims(), azp: "" }), 401, "unauthenticated"],
  [
    "A-09 another issuer, same key",
    () => sign(ours, { ...claims(), iss: "https://other.example" }),
    401,
    "unauthenticated"
  ],
  ["A-09 no issuer", () => sign(ours, without(claims(), "iss")), 401, "unauthenticated"],
  ["A-11 a pending session", () => sign(ours, { ...claims(), sts: "pending" }), 401, "session_pending"],
  ["A-12 no organization", () => sign(ours, without(claims(), "o")), 403, "organization_required"],
  [
    "A-14 both claim forms, two organizations",
    () => sign(ours, { ...old("org_b", "org:admin"), o: { id: "org_a", rol: "admin" } }),
    401,
    "unauthenticated"
  ],
  [
    "A-14 both claim forms, two roles",
    () => sign(ours, { ...old("org_a", "org:admin"), o: { id: "org_a", rol: "member" } }),
    401,
    "unauthenticated"
  ],
  ["A-14 the old form without its role", () => sign(ours, old("org_a", undefined)), 401, "unauthenticated"],
  ["A-15 a list of roles", () => sign(ours, organization({ id: "org_a", rol: ["admin"] })), 401, "unauthenticated"],
  ["A-18 a critical extension", () => sign(ours, claims(), { ...header, crit: ["b64"] }), 401, "unauthenticated"],
  [
    "A-18 a key id that is a path",
    () => sign(ours, claims(), { ...header, kid: "../../etc/passwd" }),
    401,
    "unauthenticated"
  ],
  ["A-18 a key id that is SQL", () => sign(ours, claims(), { ...header, kid: "' or 1=1 --" }), 401, "unauthenticated"],
  ["A-21 a token of 17 KB", () => sign(ours, { ...claims(), more: "x".repeat(12_000) }), 401, "unauthenticated"],
  ["not a token", () => "hello", 401, "unauthenticated"],
  ["an API key", () => "ak_0123456789", 401, "unauthenticated"],
  ["a token that is not JSON", () => `${Buffer.from("{").toString("base64url")}.e30.AA`, 401, "unauthenticated"]
]

const strange: ReadonlyArray<readonly [string, unknown]> = [
  ["missing", undefined],
  ["null", null],
  ["empty", ""],
  ["a number", 7],
  ["a list", ["org_a"]],
  ["an object", { id: "x" }],
  ["with a NUL", "a\u0000"],
  ["of 5 KB", "x".repeat(5_000)]
]

export const malformed = strange.flatMap(([what, value]): ReadonlyArray<readonly [string, () => string]> => [
  [`A-13 sub ${what}`, () => sign(ours, { ...claims(), sub: value })],
  [`A-13 o.id ${what}`, () => sign(ours, organization({ id: value, rol: "admin" }))],
  [`A-13 o.rol ${what}`, () => sign(ours, organization({ id: "org_a", rol: value }))],
  [`A-13 org_id ${what}`, () => sign(ours, old(value, "org:admin"))],
  [`A-13 org_role ${what}`, () => sign(ours, old("org_a", value))]
])

export const accepted: ReadonlyArray<readonly [name: string, token: () => string, role: string]> = [
  ["a member", () => sign(ours, claims()), "member"],
  ["A-05 expired three seconds ago, within the tolerance", () => expiring(seconds() - 3), "member"],
  ["A-05 an expiry far beyond every date", () => expiring(1e20), "member"],
  [
    "without nbf and iat, which are checked only where they are present",
    () => sign(ours, without(without(claims(), "nbf"), "iat")),
    "member"
  ],
  ["without sts, as older tokens are", () => sign(ours, without(claims(), "sts")), "member"],
  ["A-14 the old claim form", () => sign(ours, old("org_a", "org:admin")), "admin"],
  [
    "A-14 both claim forms in agreement",
    () => sign(ours, { ...old("org_a", "org:admin"), o: { id: "org_a", rol: "admin" } }),
    "admin"
  ],
  ["A-15 admin", () => sign(ours, organization({ id: "org_a", rol: "admin" })), "admin"],
  ["A-15 org:admin in today's form", () => sign(ours, organization({ id: "org_a", rol: "org:admin" })), "member"],
  ["A-15 Admin", () => sign(ours, organization({ id: "org_a", rol: "Admin" })), "member"],
  ["A-15 admin with a space", () => sign(ours, organization({ id: "org_a", rol: "admin " })), "member"],
  ["A-15 admin in the old form", () => sign(ours, old("org_a", "admin")), "member"],
  ["A-15 org:admin with a space", () => sign(ours, old("org_a", "org:admin ")), "member"],
  ["A-15 xorg:admin", () => sign(ours, old("org_a", "xorg:admin")), "member"],
  [
    "A-18 keys offered in the header are not looked at",
    () => sign(ours, claims(), { ...header, jku: "http://127.0.0.1:9/", jwk: {}, x5u: "http://127.0.0.1:9/" }),
    "member"
  ]
]
