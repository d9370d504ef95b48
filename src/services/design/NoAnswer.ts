import { Data } from "effect"

export const reasons = {
  none: "This service has no model.",
  busy: "The model is busy with other drafts.",
  spent: "The limit of drafts by the model is reached for now.",
  unavailable: "The model cannot be reached.",
  late: "The model did not answer in time.",
  refused: "The model refused the wish.",
  unusable: "The model gave no valid draft."
} as const

export class NoAnswer extends Data.TaggedError("NoAnswer")<{
  readonly reason: keyof typeof reasons
  /** `detail` is logged, so it must not contain text of the wish or of the model. */
  readonly detail?: string
}> {}
