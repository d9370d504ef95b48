import canonicalize from "canonicalize"
import type { Snapshot } from "../api/wire.ts"

export const contentHashOf = async ({ layout, series }: Snapshot): Promise<string> => {
  const bytes = new TextEncoder().encode(canonicalize({ layout, series }))
  const digest = await crypto.subtle.digest("SHA-256", bytes)
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
