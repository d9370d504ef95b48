import { inOrder } from "./inOrder.ts"

/** `url` is where messages of Slack and of webhooks go. It is null for mails. */
export default inOrder(["ALTER TABLE crm_report_subscriptions ADD COLUMN url text"])
