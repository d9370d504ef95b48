import { Failure } from "./Failure.ts"

export class TooManyRequests extends Failure<TooManyRequests>()("TooManyRequests", {
  status: 429,
  code: "rate_limited",
  message: "Too many requests. Wait for the seconds in `Retry-After`."
}) {}
