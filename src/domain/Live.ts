import { Failure, failureWith } from "./Failure.ts"
import { refusalFields } from "./Limit.ts"
import type { MetricSeries } from "./Series.ts"

export const eventStream = "text/event-stream"

export type LiveEvent =
  | { readonly event: "series"; readonly id: string; readonly series: MetricSeries }
  | { readonly event: "ready"; readonly id: string }
  | { readonly event: "alive" }

export class TooManyStreams extends failureWith(refusalFields)<TooManyStreams>()("TooManyStreams", {
  status: 429,
  code: "too_many_streams",
  message: "The caller has too many open streams. Close one of them, then try again."
}) {
  /** After this time, another stream of the person may have ended. */
  static readonly byPerson = () => new TooManyStreams({ limit: "streams_of_person", retryAfter: 10 })
}

export class RoleChanged extends Failure<RoleChanged>()("RoleChanged", {
  status: 403,
  code: "role_changed",
  message: "The role of the caller has changed. Open the stream again."
}) {}
