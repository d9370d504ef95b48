import { Schema } from "effect"

/** Themes turn these names, which tags have too, into light and dark colours. */
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
