import { Schema } from "effect"

/** Tags use them too. */
export const ColorName = Schema.Literals([
  "blue",
  "orange",
  "green",
  "violet",
  "pink",
  "teal",
  "amber",
  "red",
  "slate"
]).annotate({ identifier: "ColorName" })
export type ColorName = typeof ColorName.Type
