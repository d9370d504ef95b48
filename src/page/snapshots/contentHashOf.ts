import canonicalize from "canonicalize"
import { hexOf } from "../api/newId.ts"
import type { Snapshot } from "../api/wire.ts"

export const contentHashOf = async ({ layout, series }: Snapshot): Promise<string> => {
  const bytes = new TextEncoder().encode(canonicalize({ layout, series }))
  return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)))
}
