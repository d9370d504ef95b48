import { inOrder } from "./inOrder.ts"

/** Some databases already have these indexes from an earlier form of migration 0005. */
const narrow = [
  `CREATE INDEX IF NOT EXISTS leads_owner_created_at_narrow ON crm.leads (organization_id, owner_id, created_at)
    INCLUDE (status)`,
  `CREATE INDEX IF NOT EXISTS leads_shared_created_at_narrow ON crm.leads (organization_id, created_at)
    INCLUDE (owner_id, assignee_ids, lead_id, status) WHERE assignee_ids <> '{}'`,
  `CREATE INDEX IF NOT EXISTS deals_owner_closed_at_narrow ON crm.deals (organization_id, owner_id, closed_at)
    INCLUDE (status, currency, price) WHERE closed_at IS NOT NULL`,
  `CREATE INDEX IF NOT EXISTS deals_shared_closed_at_narrow ON crm.deals (organization_id, closed_at)
    INCLUDE (owner_id, assignee_ids, status, currency, price)
    WHERE assignee_ids <> '{}' AND closed_at IS NOT NULL`
]

const measuredOfWon = "deal_id, created_at, currency, price, commission_mode, commission_percent, commission_amount"

/** These indexes are for metrics that count only won deals. */
const ofWonDeals = [
  `CREATE INDEX deals_owner_won ON crm.deals (organization_id, owner_id, closed_at)
    INCLUDE (${measuredOfWon}) WHERE status = 'won' AND closed_at IS NOT NULL`,
  `CREATE INDEX deals_shared_won ON crm.deals (organization_id, closed_at)
    INCLUDE (owner_id, assignee_ids, ${measuredOfWon})
    WHERE assignee_ids <> '{}' AND status = 'won' AND closed_at IS NOT NULL`,
  `CREATE INDEX deal_shares_paid ON crm.deal_shares (organization_id, deal_id, party)
    INCLUDE (mode, percent, amount, user_id)`
]

/** At the time of this migration, no query read these indexes. */
const unused = ["deals_owner_closed_at", "deals_shared_closed_at", "emails_thread"]

const statements = [...narrow, ...ofWonDeals, ...unused.map((name) => `DROP INDEX crm.${name}`)]

export default inOrder(statements)
