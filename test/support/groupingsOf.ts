import { groupBysOf, type Metric } from "../../src/metrics/Metric.ts"

/** The ways to ask for a metric: as a whole first. */
export const groupingsOf = (metric: Metric): ReadonlyArray<string | undefined> => [undefined, ...groupBysOf(metric)]
