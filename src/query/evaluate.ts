import type { Tables } from "../metrics/crm.ts"
import type { AggregateRow } from "./AggregateRow.ts"
import { handwritten } from "./handwritten/handwritten.ts"
import { evaluateRowByRow } from "./memory/evaluateRowByRow.ts"
import type { Plan } from "./Plan.ts"

export const evaluate = (plan: Plan, tables: Tables): ReadonlyArray<AggregateRow> =>
  (handwritten(plan.id)?.evaluate ?? evaluateRowByRow)(plan, tables)
