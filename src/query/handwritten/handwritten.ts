import type { HandwrittenId, MetricId } from "../../metrics/all.ts"
import type { Tables } from "../../metrics/crm.ts"
import type { AggregateRow } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import type { Params, StatementShape } from "../sql/Statement.ts"
import { breakdown } from "./breakdown.ts"
import { byAgent } from "./byAgent.ts"
import { cohorts } from "./cohorts.ts"
import { funnel } from "./funnel.ts"
import type { HandwrittenRecords } from "./HandwrittenRecords.ts"
import { replyRate } from "./replyRate.ts"
import { timeInStatus } from "./timeInStatus.ts"

export interface HandwrittenMetric {
  readonly compile: (shape: StatementShape, params: Params) => string
  readonly evaluate: (plan: Plan, tables: Tables) => ReadonlyArray<AggregateRow>
  readonly records: HandwrittenRecords
}

const metrics: { readonly [Id in HandwrittenId]: HandwrittenMetric } = {
  "leads.avg_time_in_status": timeInStatus,
  "leads.funnel": funnel,
  "leads.conversion_by_cohort": cohorts,
  "deals.commission_breakdown": breakdown,
  "deals.commission_by_agent": byAgent,
  "emails.reply_rate": replyRate
}

const isHandwritten = (id: MetricId): id is HandwrittenId => Object.hasOwn(metrics, id)

export const handwritten = (id: MetricId): HandwrittenMetric | undefined => isHandwritten(id) ? metrics[id] : undefined
