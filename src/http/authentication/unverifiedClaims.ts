import { Option, Schema } from "effect"

/** Clerk's tokens stay near 1 KB; whoever sends more is not sending one. */
const maxTokenBytes = 8 * 1024

/** The tolerance between Clerk's clock and ours, the same as in Clerk's own check. */
export const clockSkewMillis = 5_000

const Header = Schema.Struct({
  alg: Schema.Literal("RS256"),
  typ: Schema.Literal("JWT"),
  kid: Schema.String.check(Schema.isPattern(/^[\w.-]{1,128}$/)),
  crit: Schema.optionalKey(Schema.Never)
})

const Payload = Schema.Struct({ iss: Schema.String, sub: Schema.String, exp: Schema.Finite })

const decodeHeader = Schema.decodeUnknownOption(Schema.fromJsonString(Header))
const decodePayload = Schema.decodeUnknownOption(Schema.fromJsonString(Payload))

interface Unverified {
  readonly kid: string
  readonly issuer: string
  readonly subject: string
  readonly expiresAt: number
}

/** Decodes one spelling only: base64url without padding and without stray bits at the end. */
const canonical = (part: string): Buffer | undefined => {
  const bytes = Buffer.from(part, "base64url")
  return bytes.toString("base64url") === part ? bytes : undefined
}

/** What a token says of itself before its signature is checked: good for turning it away cheaply, and for no identity. */
export const peek = (token: string): Unverified | undefined => {
  if (token.length > maxTokenBytes) return undefined
  const parts = token.split(".")
  if (parts.length !== 3) return undefined
  const [header, payload, signature] = parts.map(canonical)
  if (header === undefined || payload === undefined || signature === undefined || signature.length === 0) {
    return undefined
  }
  const head = Option.getOrUndefined(decodeHeader(header.toString()))
  const body = Option.getOrUndefined(decodePayload(payload.toString()))
  return head && body && { kid: head.kid, issuer: body.iss, subject: body.sub, expiresAt: body.exp * 1000 }
}

/**
 * Whose answers are counted together: a session changes its token every minute. Only for answers that somebody who was
 * signed in with the token has been given.
 */
export const personIn = (authorization = ""): string => peek(authorization.replace(/^bearer +/i, ""))?.subject ?? ""
