import { Schema } from "effect"

export const ChartKind = Schema.Literals([
  "area",
  "line",
  "bar",
  "pie",
  "donut",
  "radar",
  "radial",
  "funnel",
  "stat",
  "leaderboard"
])
  .annotate({ identifier: "ChartKind" })
export type ChartKind = typeof ChartKind.Type

export const Shape = Schema.Literals(["timeseries", "category", "stat", "leaderboard"]).annotate({
  identifier: "Shape"
})
export type Shape = typeof Shape.Type
