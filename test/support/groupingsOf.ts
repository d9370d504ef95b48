import { groupBysOf, type Metric } from "../../src/metrics/Metric.ts"

/** The groupBys of a metric, ungrouped first. */
export const groupingsOf = (metric: Metric): ReadonlyArray<string | undefined> => [undefined, ...groupBysOf(metric)]
