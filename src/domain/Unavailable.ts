import { Failure } from "./Failure.ts"

export class Unavailable extends Failure<Unavailable>()("Unavailable", {
  status: 503,
  code: "unavailable",
  message: "The service cannot answer right now. Try again shortly."
}) {}

export class TimedOut extends Failure<TimedOut>()("TimedOut", {
  status: 504,
  code: "timeout",
  message: "The answer took too long."
}) {}

export type Unreachable = Unavailable | TimedOut
