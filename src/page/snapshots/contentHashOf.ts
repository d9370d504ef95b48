import canonicalize from "canonicalize"
import type { Snapshot } from "../api/wire.ts"

/** SHA-256 of the RFC 8785 form of `{ layout, series }`, as the service computes it. */
export const contentHashOf = async ({ layout, series }: Snapshot): Promise<string> => {
  const bytes = new TextEncoder().encode(canonicalize({ layout, series }))
  const digest = await crypto.subtle.digest("SHA-256", bytes)
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
