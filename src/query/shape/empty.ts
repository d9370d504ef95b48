import type { Scope } from "../../domain/Scope.ts"
import type { Meta, Series } from "../../domain/Series.ts"
import type { Metric } from "../../metrics/Metric.ts"
import { scopeMeta } from "./meta.ts"

const seriesOf = (shape: Metric["shape"], meta: Meta): Series => {
  const nothing = { series: [], points: [], stat: null, meta }
  switch (shape) {
    case "timeseries":
      return { ...nothing, shape }
    case "category":
      return { ...nothing, shape }
    case "stat":
      return { ...nothing, shape }
    case "leaderboard":
      return { ...nothing, shape }
  }
}

/** A series with nothing in it, in the metric's shape: what a gated or faulty widget gets. */
export const emptySeries = (metric: Metric | undefined, scope: Scope, asOf: number): Series =>
  seriesOf(metric?.shape ?? "stat", {
    unit: metric?.unit ?? "count",
    filters: { applied: {}, ignored: [] },
    additive: false,
    ...scopeMeta(scope, asOf)
  })
