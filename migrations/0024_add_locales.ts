import { inOrder } from "./inOrder.ts"

/** The language of the texts, numbers, and dates that a subscription sends. */
export default inOrder(["ALTER TABLE crm_report_subscriptions ADD COLUMN locale text NOT NULL DEFAULT 'en'"])
