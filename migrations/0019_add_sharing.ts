import { inOrder } from "./inOrder.ts"

/**
 * A report with `people` has the visibility `private` in its column, so that older versions of the service show it to its
 * owner only. `shared` says who may read a snapshot beside its creator and admins, and who decided this and when.
 */
const statements = [
  "ALTER TABLE crm_reports ADD COLUMN people text[]",
  "CREATE INDEX crm_reports_people ON crm_reports (organization_id, id) WHERE people IS NOT NULL",
  "ALTER TABLE crm_report_snapshots ADD COLUMN shared jsonb",
  "CREATE INDEX crm_report_snapshots_shared ON crm_report_snapshots (organization_id, id) WHERE shared IS NOT NULL"
]

export default inOrder(statements)
