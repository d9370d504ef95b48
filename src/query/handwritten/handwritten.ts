import type { HandwrittenId, MetricId } from "../../metrics/all.ts"
import type { Tables } from "../../metrics/crm.ts"
import type { Tally } from "../AggregateRow.ts"
import type { Plan } from "../Plan.ts"
import type { Places } from "../sql/Statement.ts"
import type { Form } from "../sql/StatementShape.ts"
import { evaluateBreakdown, evaluateByAgent } from "./commissionInMemory.ts"
import { compileBreakdown, compileByAgent } from "./commissionInSql.ts"
import { compileReplyRate, evaluateReplyRate } from "./replyRate.ts"
import { compileTimeInStatus, evaluateTimeInStatus } from "./timeInStatus.ts"

interface BothForms {
  readonly compile: (form: Form, places: Places) => string
  readonly evaluate: (plan: Plan, tables: Tables) => ReadonlyArray<Tally>
}

/** The metrics that the vocabulary cannot say, in both forms; one without the other does not compile. */
const handwritten: { readonly [Id in HandwrittenId]: BothForms } = {
  "leads.avg_time_in_status": { compile: compileTimeInStatus, evaluate: evaluateTimeInStatus },
  "deals.commission_breakdown": { compile: compileBreakdown, evaluate: evaluateBreakdown },
  "deals.commission_by_agent": { compile: compileByAgent, evaluate: evaluateByAgent },
  "emails.reply_rate": { compile: compileReplyRate, evaluate: evaluateReplyRate }
}

const isHandwritten = (id: MetricId): id is HandwrittenId => Object.hasOwn(handwritten, id)

export const byHand = (id: MetricId): BothForms | undefined => isHandwritten(id) ? handwritten[id] : undefined
