import { inOrder } from "./inOrder.ts"

/** `freeze_at` is the next time due. A process that takes it sets `freeze_retry_at`, so that no other one tries at once. */
const statements = [
  `ALTER TABLE crm_reports
    ADD COLUMN freeze_schedule jsonb,
    ADD COLUMN freeze_at timestamptz(3),
    ADD COLUMN freeze_retry_at timestamptz(3)`,
  `CREATE INDEX crm_reports_freeze_at ON crm_reports (organization_id, freeze_at) WHERE freeze_at IS NOT NULL`
]

export default inOrder(statements)
