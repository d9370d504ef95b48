import { groupBysOf, type Metric } from "../../src/metrics/Metric.ts"

/** `undefined` stands for no grouping. */
export const groupingsOf = (metric: Metric): ReadonlyArray<string | undefined> => [undefined, ...groupBysOf(metric)]
