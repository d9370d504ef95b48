import { Failure, failureWith } from "./Failure.ts"
import { type Limit, refusalFields } from "./Limit.ts"

const retryAfter = 1

export class Unavailable extends failureWith(refusalFields)<Unavailable>()("Unavailable", {
  status: 503,
  code: "unavailable",
  message: "The service cannot answer right now. Try again shortly."
}) {
  static readonly by = (limit: Limit) =>
    new Unavailable({ limit, retryAfter, message: `The limit \`${limit}\` is reached. Try again shortly.` })
}

export class TimedOut extends Failure<TimedOut>()("TimedOut", {
  status: 504,
  code: "timeout",
  message: "The answer took too long."
}) {}

export type Unreachable = Unavailable | TimedOut
