import { counted } from "./counted.ts"
import { failureWith } from "./Failure.ts"
import { type Limit, refusalFields } from "./Limit.ts"

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
