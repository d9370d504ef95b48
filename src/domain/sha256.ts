import canonicalize from "canonicalize"
import { Result } from "effect"
import { createHash } from "node:crypto"

export const sha256 = (content: string | Uint8Array, encoding: "hex" | "base64url"): string =>
  createHash("sha256").update(content).digest(encoding)

/** The canonical form follows RFC 8785. A value without a canonical form becomes plain JSON. */
const canonicalJson = (value: unknown): string =>
  Result.getOrElse(Result.try(() => canonicalize(value)), () => JSON.stringify(value)) ?? ""

export const sha256OfJson = (value: unknown): string => sha256(canonicalJson(value), "hex")
