import { callMetrics } from "./calls.ts"
import { dealMetrics } from "./deals.ts"
import { emailMetrics } from "./emails.ts"
import { leadMetrics } from "./leads.ts"
import type { Handwritten } from "./Measure.ts"
import type { Metric } from "./Metric.ts"
import { taskMetrics } from "./tasks.ts"
import { teamMetrics } from "./team.ts"

export const all = {
  ...leadMetrics,
  ...dealMetrics,
  ...taskMetrics,
  ...callMetrics,
  ...emailMetrics,
  ...teamMetrics
}

export type MetricId = keyof typeof all

export type HandwrittenId = {
  [Id in MetricId]: (typeof all)[Id]["measure"] extends Handwritten ? Id : never
}[MetricId]

type Metrics = { readonly [id: string]: Metric }
const checked: Metrics = all
export const metricsById: ReadonlyMap<string, Metric> = new Map(Object.entries(checked))
