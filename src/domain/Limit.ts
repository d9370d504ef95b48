import { Schema } from "effect"
import { counted } from "./counted.ts"
import { failureWith } from "./Failure.ts"

export const ratePolicies = ["requests", "runs", "files", "records", "design", "keys"] as const

export type RatePolicy = (typeof ratePolicies)[number]

/** How much of a rate limit is used. */
export interface Rate {
  /** Examples of names are `runs` (of a person) and `runs-organization`. */
  readonly name: string
  readonly limit: number
  readonly remaining: number
  readonly resetSeconds: number
  /** If this is true, the request was refused. */
  readonly isSpent: boolean
}

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
  | "clerk"
  | `rate:${string}`

/** The fields of a response that says which limit refused the request. */
export const refusalFields = {
  limit: Schema.optionalKey(Schema.String),
  /** In seconds. */
  retryAfter: Schema.optionalKey(Schema.Int)
}

export class TooManyRequests extends failureWith(refusalFields)<TooManyRequests>()("TooManyRequests", {
  status: 429,
  code: "rate_limited",
  message: "Too many requests. Wait for the seconds in `Retry-After`."
}) {
  /** `retryAfter` is in seconds. */
  static readonly by = (limit: Limit, retryAfter: number) =>
    new TooManyRequests({
      limit,
      retryAfter,
      message: `Too many requests for the limit \`${limit}\`. Try again in ${counted(retryAfter, "second", "seconds")}.`
    })
}
