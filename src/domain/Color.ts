import { Schema } from "effect"

/** Names of colours that a theme turns into light and dark ones. Tags bring such a name too. */
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
