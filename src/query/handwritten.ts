import type { HandwrittenId, MetricId } from "../metrics/all.ts"
import type { Tables } from "../metrics/populations.ts"
import type { Form } from "./compile/Form.ts"
import type { Places } from "./compile/Statement.ts"
import { evaluateBreakdown, evaluateByAgent } from "./handwritten/commissionInMemory.ts"
import { compileBreakdown, compileByAgent } from "./handwritten/commissionInSql.ts"
import { compileReplyRate, evaluateReplyRate } from "./handwritten/replyRate.ts"
import { compileTimeInStatus, evaluateTimeInStatus } from "./handwritten/timeInStatus.ts"
import type { Plan } from "./Plan.ts"
import type { Tally } from "./Tally.ts"

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
