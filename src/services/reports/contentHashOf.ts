import canonicalize from "canonicalize"
import { createHash } from "node:crypto"
import type { Snapshot } from "../../domain/Snapshot.ts"

/** SHA-256 over the RFC 8785 form of `{ layout, series }`, in hexadecimal: any client can compute it from the body. */
export const contentHashOf = (content: Pick<Snapshot, "layout" | "series">): string =>
  createHash("sha256").update(canonicalize({ layout: content.layout, series: content.series }) ?? "").digest("hex")
