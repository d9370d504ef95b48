import { Schema } from "effect"

export const ColorName = Schema.Literals([
  "blue",
  "orange",
  "green",
  "violet",
  "pink",
  "teal",
  "amber",
  "red",
  "lime",
  "slate"
]).annotate({ identifier: "ColorName" })
export type ColorName = typeof ColorName.Type
