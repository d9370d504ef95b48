import { inOrder } from "./inOrder.ts"

/**
 * The alert of a subscription is null if its mails are sent at each time due. The alert of a recipient is the state after
 * the last judgement. `judged` is this state if the mail that was handed over has been sent.
 */
const statements = [
  "ALTER TABLE crm_report_subscriptions ADD COLUMN alert jsonb",
  "ALTER TABLE crm_report_recipients ADD COLUMN alert jsonb",
  "ALTER TABLE crm_report_deliveries ADD COLUMN judged jsonb"
]

export default inOrder(statements)
