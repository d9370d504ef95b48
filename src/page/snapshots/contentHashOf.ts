import canonicalize from "canonicalize"
import type { Snapshot } from "../api/wire.ts"

/** SHA-256 over the RFC 8785 form of what a snapshot froze: the same as the service computed, if nothing has changed. */
export const contentHashOf = async ({ layout, series }: Snapshot): Promise<string> => {
  const bytes = new TextEncoder().encode(canonicalize({ layout, series }))
  const digest = await crypto.subtle.digest("SHA-256", bytes)
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
