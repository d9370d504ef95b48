import { sha256OfJson } from "../../domain/sha256.ts"
import type { Snapshot } from "../../domain/Snapshot.ts"

/** Any client can compute it from the body of a snapshot. */
export const contentHashOf = ({ layout, series }: Pick<Snapshot, "layout" | "series">): string =>
  sha256OfJson({ layout, series })
