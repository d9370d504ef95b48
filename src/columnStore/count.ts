import type { HandwrittenId, MetricId } from "../metrics/all.ts"
import type { AggregateRow } from "../query/AggregateRow.ts"
import { leadFieldsOf } from "../query/leadsBehind.ts"
import type { Plan } from "../query/Plan.ts"
import type { ColumnStore } from "./ColumnStore.ts"
import { execute } from "./execute.ts"
import { countByLead } from "./joined/byLead.ts"
import { countCommissionBreakdown, countCommissionByAgent } from "./joined/commission.ts"
import type { Counting } from "./joined/Counting.ts"
import { countReplyRate } from "./joined/replyRate.ts"
import { countTimeInStatus } from "./joined/timeInStatus.ts"
import { viewersInScope } from "./viewers.ts"

/** No joined rows have what a lead reached, so only SQL counts the funnel and the cohorts. */
const countNothing: Counting = () => undefined

const joined: { readonly [Id in HandwrittenId]: Counting } = {
  "leads.avg_time_in_status": countTimeInStatus,
  "leads.funnel": countNothing,
  "leads.conversion_by_cohort": countNothing,
  "deals.commission_breakdown": countCommissionBreakdown,
  "deals.commission_by_agent": countCommissionByAgent,
  "emails.reply_rate": countReplyRate
}

const isJoined = (id: MetricId): id is HandwrittenId => Object.hasOwn(joined, id)

/** Returns undefined if only SQL can compute the plan. */
export const count = (
  plan: Plan,
  store: ColumnStore,
  viewers = viewersInScope(plan.scope)
): ReadonlyArray<AggregateRow> | undefined => {
  const countRows = (of: Plan) => execute(of, store, viewers)
  if (leadFieldsOf(plan).length > 0) return countByLead(plan, countRows, store)
  return isJoined(plan.id) ? joined[plan.id](plan, countRows, store) : countRows(plan)
}
