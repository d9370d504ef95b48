import { inOrder } from "./inOrder.ts"

/** Reports and snapshots that are older than these columns have null in them. */
const statements = [
  "ALTER TABLE crm_reports ADD COLUMN IF NOT EXISTS default_filters json, ADD COLUMN IF NOT EXISTS default_people json",
  "ALTER TABLE crm_report_snapshots ADD COLUMN IF NOT EXISTS view json"
]

export default inOrder(statements)
