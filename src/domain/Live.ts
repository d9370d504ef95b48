import { Failure } from "./Failure.ts"
import type { MetricSeries } from "./Series.ts"

export const eventStream = "text/event-stream"

export type LiveEvent =
  | { readonly event: "series"; readonly id: string; readonly series: MetricSeries }
  | { readonly event: "ready"; readonly id: string }
  | { readonly event: "alive" }

export class TooManyStreams extends Failure<TooManyStreams>()("TooManyStreams", {
  status: 429,
  code: "too_many_streams",
  message: "The caller has too many open streams. Close one of them, then try again."
}) {}

export class RoleChanged extends Failure<RoleChanged>()("RoleChanged", {
  status: 403,
  code: "role_changed",
  message: "The role of the caller has changed. Open the stream again."
}) {}
