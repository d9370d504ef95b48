import { Schema } from "effect"

/** `docs/operations.md` has a table of the limits. */
export type Limit =
  | "runs"
  | "background_runs"
  | "connections"
  | "circuit"
  | "reads"
  | "small_files"
  | "files"
  | "streams"
  | "streams_of_person"
  | "unknown_keys"
  | `rate:${string}`

/** The fields of a response that says which limit refused the request. */
export const refusalFields = {
  limit: Schema.optionalKey(Schema.String),
  /** In seconds. */
  retryAfter: Schema.optionalKey(Schema.Int)
}
