import type { HandwrittenId, MetricId } from "../metrics/all.ts"
import type { AggregateRow } from "./AggregateRow.ts"
import type { ColumnStore } from "./columnar/ColumnStore.ts"
import { execute } from "./columnar/execute.ts"
import { countCommissionBreakdown, countCommissionByAgent } from "./columnar/joined/commission.ts"
import type { Counting } from "./columnar/joined/Counting.ts"
import { countReplyRate } from "./columnar/joined/replyRate.ts"
import { countTimeInStatus } from "./columnar/joined/timeInStatus.ts"
import { viewersInScope } from "./columnar/viewers.ts"
import type { Plan } from "./Plan.ts"

const joined: { readonly [Id in HandwrittenId]: Counting } = {
  "leads.avg_time_in_status": countTimeInStatus,
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
  return isJoined(plan.id) ? joined[plan.id](plan, countRows, store) : countRows(plan)
}
