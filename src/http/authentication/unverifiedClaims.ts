import { Option, Schema } from "effect"

const maxTokenBytes = 8 * 1024

const Header = Schema.Struct({
  alg: Schema.Literal("RS256"),
  typ: Schema.Literal("JWT"),
  kid: Schema.String.check(Schema.isPattern(/^[\w.-]{1,128}$/)),
  crit: Schema.optionalKey(Schema.Never)
})

const Payload = Schema.Struct({
  iss: Schema.String,
  azp: Schema.optionalKey(Schema.Unknown),
  sub: Schema.String,
  exp: Schema.Finite
})

const decodeHeader = Schema.decodeUnknownOption(Schema.fromJsonString(Header))
const decodePayload = Schema.decodeUnknownOption(Schema.fromJsonString(Payload))

export interface UnverifiedClaims {
  readonly kid: string
  readonly issuer: string
  readonly authorizedParty: unknown
  readonly subject: string
  /** `expiresAt` is in epoch milliseconds. */
  readonly expiresAt: number
}

/** Each value must have only one spelling, so padding and unused bits are refused. */
const strictBase64url = (part: string): Buffer | undefined => {
  const bytes = Buffer.from(part, "base64url")
  return bytes.toString("base64url") === part ? bytes : undefined
}

/** The signature is not checked here, so these claims may only be used to refuse a token. */
export const unverifiedClaims = (token: string): UnverifiedClaims | undefined => {
  if (token.length > maxTokenBytes) return undefined
  const parts = token.split(".")
  if (parts.length !== 3) return undefined
  const [header, payload, signature] = parts.map(strictBase64url)
  if (header === undefined || payload === undefined || signature === undefined || signature.length === 0) {
    return undefined
  }
  const head = Option.getOrUndefined(decodeHeader(header.toString()))
  const body = Option.getOrUndefined(decodePayload(payload.toString()))
  return head && body && {
    kid: head.kid,
    issuer: body.iss,
    authorizedParty: body.azp,
    subject: body.sub,
    expiresAt: body.exp * 1000
  }
}
