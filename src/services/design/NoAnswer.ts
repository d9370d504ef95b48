import { Data } from "effect"

/** `none`: this service has no model. `spent`: the limit of drafts by the model is reached for now. */
type Reason = "none" | "busy" | "spent" | "unavailable" | "late" | "refused" | "unusable"

export class NoAnswer extends Data.TaggedError("NoAnswer")<{
  readonly reason: Reason
  /** `detail` is logged, so it must not contain text of the wish or of the model. */
  readonly detail?: string
}> {}
