import type { Instant } from "../../domain/Calendar.ts"
import type { Scope } from "../../domain/Scope.ts"
import type { Meta, Series, WidgetFault } from "../../domain/Series.ts"
import type { Metric } from "../../metrics/Metric.ts"
import { scopeMeta } from "./meta.ts"

const seriesOf = (shape: Metric["shape"], meta: Meta): Series => {
  const empty = { series: [], points: [], stat: null, meta }
  switch (shape) {
    case "timeseries":
      return { ...empty, shape }
    case "category":
      return { ...empty, shape }
    case "stat":
      return { ...empty, shape }
    case "leaderboard":
      return { ...empty, shape }
  }
}

export const emptySeries = (metric: Metric | undefined, scope: Scope, asOf: Instant): Series =>
  seriesOf(metric?.shape ?? "stat", {
    unit: metric?.unit ?? "count",
    filters: { applied: {}, ignored: [] },
    additive: false,
    ...scopeMeta(scope, asOf)
  })

export const faultySeries = (metric: Metric | undefined, scope: Scope, asOf: Instant, error: WidgetFault): Series => ({
  ...emptySeries(metric, scope, asOf),
  error
})
