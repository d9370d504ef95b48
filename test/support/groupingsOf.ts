import { groupBysOf, type Metric } from "../../src/metrics/Metric.ts"

/** The first grouping is none. */
export const groupingsOf = (metric: Metric): ReadonlyArray<string | undefined> => [undefined, ...groupBysOf(metric)]
