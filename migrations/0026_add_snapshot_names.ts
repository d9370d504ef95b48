import { inOrder } from "./inOrder.ts"

/** The names of the people and tags of the view at the freeze. Null without such names, and in older snapshots. */
export default inOrder(["ALTER TABLE crm_report_snapshots ADD COLUMN names jsonb"])
